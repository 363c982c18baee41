import { type GuestStay, groupContacts } from '../../../shared/domain/contact/contact.ts';
import { contactsCsv } from '../../../shared/domain/contact/contacts-csv.ts';
import type { ContactPreferences } from '../../../shared/domain/contact/preferences.ts';
import { reply } from '../../../shared/platform/http/route.ts';

/** The file that Google Contacts imports; nothing is stored, and Google need not be connected. */
export async function exportContacts(
  stays: Iterable<GuestStay> | AsyncIterable<GuestStay>,
  preferences: ContactPreferences,
) {
  const contacts = await groupContacts(stays);
  const headers = { 'Content-Disposition': 'attachment; filename=contactos_google.csv', 'Cache-Control': 'no-store' };
  return reply(contactsCsv(contacts, preferences), { headers });
}
