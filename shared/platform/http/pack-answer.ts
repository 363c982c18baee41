import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { AppError } from '../errors/app-error.ts';
import type { Answer } from './answer.ts';

/** Shorter texts are answered as they are. */
const PLAIN_BYTES = 1_000_000;
/** What Lambda lets out is 6 MB of JSON, which doubles the quotes of a text and makes Base64 a third longer. */
const MOST_PLAIN_BYTES = 4_500_000;
const MOST_PACKED_BYTES = 4_300_000;
/** With what the origin of the caller changes, whose field this one takes the place of. */
const VARY = { Vary: 'Origin, Accept-Encoding' };

/**
 * An answer that Lambda lets out: from a megabyte on it is packed for clients that unpack. Lists that repeat themselves,
 * as texts with their links do, come to a twentieth.
 * @throws AppError `too_large` with `message` for more than an answer can carry
 */
export async function packAnswer(answer: Answer, acceptEncoding: string | undefined, message: string): Promise<Answer> {
  const { body = '', isBase64Encoded } = answer;
  const bytes = isBase64Encoded === true || body.length * 3 < PLAIN_BYTES ? 0 : Buffer.byteLength(body);
  if (bytes < PLAIN_BYTES) return answer;
  if (!/\bgzip\b/i.test(acceptEncoding ?? '')) {
    if (bytes > MOST_PLAIN_BYTES) throw new AppError('too_large', message);
    return { ...answer, headers: { ...answer.headers, ...VARY } };
  }
  const packed = await promisify(gzip)(body);
  if (packed.length > MOST_PACKED_BYTES) throw new AppError('too_large', message);
  const headers = { ...answer.headers, 'Content-Encoding': 'gzip', ...VARY };
  return { ...answer, headers, body: packed.toString('base64'), isBase64Encoded: true };
}
