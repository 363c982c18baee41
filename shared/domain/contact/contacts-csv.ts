import { stringify } from 'csv-stringify/sync';
import type { Contact } from './contact.ts';
import { contactName } from './contact-name.ts';
import type { ContactPreferences } from './preferences.ts';

/** Google's own header (`stay-sidekick.md` §6.5). */
const COLUMNS = [
  'Name',
  'Given Name',
  'Family Name',
  'Group Membership',
  'E-mail 1 - Type',
  'E-mail 1 - Value',
  'Phone 1 - Type',
  'Phone 1 - Value',
  'Notes',
];
/** Every contact is visible in the main list. */
const GROUP = '* myContacts';
/** What spreadsheets read as the beginning of a formula, in its full-width forms too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
/** A formula in the place of a phone; a number may well begin with a sign, and stays as it is. */
const NO_PHONE = /^[=@\t\r＝＠]|^[+\-＋－].*(?:[=@|!]|\p{L}\()/su;
/** The library quotes the ends of its own lines alone; a guest's name may hold any. */
const LINE_BREAK = /[\r\n]/;
/** Rows that are put into words together: their text is all that is held at a time. */
const BATCH = 500;

/**
 * Contacts as a CSV file that Google Contacts and Excel both open rightly: UTF-8 with a mark, commas, CRLF, quotes only
 * where they are needed. Comes piece by piece, so that a long list needs no more memory than a short one.
 */
export async function* contactsCsv(
  contacts: Iterable<Contact> | AsyncIterable<Contact>,
  preferences: ContactPreferences,
): AsyncGenerator<string> {
  let lines: (readonly string[])[] = [COLUMNS];
  let bom = true;
  const take = () => {
    const text = stringify(lines as string[][], { bom, record_delimiter: 'windows', quoted_match: LINE_BREAK });
    [lines, bom] = [[], false];
    return text;
  };
  for await (const contact of contacts) {
    lines.push(lineOf(contact, preferences));
    if (lines.length >= BATCH) yield take();
  }
  if (lines.length > 0) yield take();
}

function lineOf(contact: Contact, preferences: ContactPreferences): readonly string[] {
  const name = harmless(contactName(contact, preferences), FORMULA);
  return [name, '', '', GROUP, '', '', '', harmless(contact.phone, NO_PHONE), ''];
}

/** What would be a formula is shown as text instead (D-16). */
function harmless(text: string, formula: RegExp): string {
  return formula.test(text) ? `'${text}` : text;
}
