import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** A 256-bit data key of one tenant and purpose, in the clear: lives in memory only. */
export interface DataKey {
  readonly bytes: Uint8Array;
}

/** Prepared once for each key: from its bytes alone every use of it would take five times as long. */
const prepared = new WeakMap<DataKey, KeyObject>();

/** A data key as ciphers and digests take it. */
export function preparedKey(key: DataKey): KeyObject {
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const made = createSecretKey(key.bytes);
  prepared.set(key, made);
  return made;
}

/**
 * Encrypts with AES-256-GCM: version (1), nonce (12), tag (16), ciphertext; as base64.
 * @param place where the text will rest, e.g. `arrival/<id>`: it opens nowhere else
 */
export function seal(key: DataKey, place: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', preparedKey(key), iv).setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), ciphertext]).toString('base64');
}

/**
 * Opens what {@link seal} closed.
 * @throws Error when the key or the place is another one, or a byte was changed
 */
export function open(key: DataKey, place: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < HEADER_BYTES || bytes[0] !== VERSION) throw new Error('Not a sealed text of this version');
  const decipher = createDecipheriv('aes-256-gcm', preparedKey(key), bytes.subarray(1, 1 + IV_BYTES))
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(1 + IV_BYTES, HEADER_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES)), decipher.final()]).toString('utf8');
}
