import { Busboy } from '@fastify/busboy';
import { type FilePart, MalformedForm, type MultipartForm } from './form.ts';

const MOST_FILES = 3;
const LIMITS = { files: MOST_FILES, fields: 30, fieldSize: 16_384, parts: 40, headerPairs: 20, headerSize: 8_192 };

/**
 * Reads `multipart/form-data` (RFC 7578) that lies in memory. Names and values are UTF-8.
 * @param most bytes that a file may have
 * @throws MalformedForm for a body that is cut short, has no boundary, or has more or longer text fields than a form of ours
 */
export async function readForm(contentType: string, body: Uint8Array, most: number): Promise<MultipartForm> {
  const files: Promise<FilePart>[] = [];
  const fields = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown) => reject(new MalformedForm('The form cannot be read', { cause }));
    const parser = parserOf(contentType, most);
    parser.on('file', (field, stream, name, _encoding, type) => {
      const file = fileOf(stream, { field: field ?? '', name: name ?? '', contentType: type });
      // Its failure is the parser's too, which is heard below.
      file.catch(() => undefined);
      files.push(file);
    });
    parser.on('field', (name, value, nameTruncated, valueTruncated) => {
      if (name === undefined || nameTruncated || valueTruncated) fail('a field is too long');
      else fields.set(name, value);
    });
    for (const limit of ['fieldsLimit', 'partsLimit'] as const) parser.on(limit, () => fail(limit));
    parser.on('error', fail);
    parser.on('finish', resolve);
    parser.end(body);
  });
  return { files: await Promise.all(files), fields: Object.fromEntries(fields) };
}

function parserOf(contentType: string, most: number) {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: { ...LIMITS, fileSize: most } });
  } catch (cause) {
    throw new MalformedForm('The form names no boundary', { cause });
  }
}

async function fileOf(
  stream: NodeJS.ReadableStream & { truncated?: boolean },
  part: Omit<FilePart, 'bytes'>,
): Promise<FilePart> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return stream.truncated ? part : { ...part, bytes: Buffer.concat(chunks) };
}
