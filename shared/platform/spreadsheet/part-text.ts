import { TextDecoder } from 'node:util';
import { SpreadsheetError } from './spreadsheet-error.ts';

/** Encoding by byte order mark or by how the first `<` is laid out (XML 1.0, appendix F); UTF-8 otherwise. */
function sniffEncoding(start: Buffer): string {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return 'utf-8';
}

/**
 * Text of an XML part in UTF-8 or UTF-16, without byte order mark.
 *
 * @throws SpreadsheetError `damaged` where the bytes are not text in that encoding
 */
export async function* decodePart(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(sniffEncoding(chunk), { fatal: true });
    yield decode(decoder, chunk);
  }
  if (decoder !== undefined) yield decode(decoder);
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new SpreadsheetError('damaged', { cause });
  }
}
