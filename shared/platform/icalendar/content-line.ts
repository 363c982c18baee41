/** One line of an iCalendar text once unfolded (RFC 5545 §3.1): `NAME;PARAM=x:value`, the value still escaped. */
export interface ContentLine {
  /** In upper case. */
  readonly name: string;
  /** By name in upper case, without quotes. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** Longest line that is written, in octets, its line break apart (RFC 5545 §3.1). */
const LONGEST_LINE = 75;
const LINE = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^":;]*))*):(.*)$/s;
const PARAMETER = /;([A-Za-z0-9-]+)=(?:"([^"]*)"|([^":;]*))/g;

/**
 * The lines of a text as calendars of the field send it: with CRLF or LF, a byte order mark, folded anywhere. What is
 * no content line is left out, so that one broken line costs no more than itself.
 */
export function contentLines(text: string): readonly ContentLine[] {
  const unfolded = text.replace(/^\uFEFF/, '').replace(/\r?\n[ \t]/g, '');
  return unfolded.split(/\r?\n/).flatMap((line) => {
    const [, name = '', parameters = '', value = ''] = LINE.exec(line) ?? [];
    return name === '' ? [] : [{ name: name.toUpperCase(), parameters: readParameters(parameters), value }];
  });
}

function readParameters(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(PARAMETER)].map(([, name = '', quoted, plain]) => [name.toUpperCase(), quoted ?? plain ?? '']),
  );
}

/** A value of type TEXT without its escapes (RFC 5545 §3.3.11). @example plainText('a\\, b') // 'a, b' */
export function plainText(value: string): string {
  return value.replace(/\\(.)/gs, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? '\n' : escaped));
}

/** A text as a value (RFC 5545 §3.3.11); what no line may hold is left out. */
export function escapedText(text: string): string {
  return text
    .replace(/[\\;,]/g, (special) => `\\${special}`)
    .replace(/\r?\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** A line with its break, folded after 75 octets and never within a character. */
export function foldedLine(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LONGEST_LINE) {
      pieces.push(piece);
      // The space that a continued line begins with counts.
      [piece, octets] = ['', 1];
    }
    piece += character;
    octets += size;
  }
  return `${[...pieces, piece].join('\r\n ')}\r\n`;
}
