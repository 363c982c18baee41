import type { Readable } from 'node:stream';

/**
 * Takes in the body of an answer. The SDK's own way pipes it into a second stream, and V8's young generation lets no
 * part of a call go that ended so: each collection copied 3 MB of finished calls for 50 MB of new objects, and their
 * buffers waited for a full one (`--trace-gc-nvp`: 97 % promoted, with this one 3 %).
 *
 * @throws the stream's error, also when the connection breaks off half way
 */
export function collectBody(body: Readable): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    body.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    body.once('end', () => resolve(Buffer.concat(chunks)));
    body.once('error', reject);
  });
}
