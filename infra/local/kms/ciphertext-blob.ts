import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type EncryptionContext, encodeContext } from './encryption-context.ts';

const FORMAT = 1;
const KEY_ID_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + 4;

/** What a blob says of itself: which key, and which of its backing keys. */
export interface BlobHeader {
  readonly keyId: string;
  /** Index of the backing key: rotation adds one, and old blobs stay readable. */
  readonly version: number;
}

/**
 * Seals a plaintext with AES-256-GCM: `format, key id, version, iv, tag, ciphertext`. Header and encryption context are
 * authenticated.
 */
export function seal(
  header: BlobHeader,
  backingKey: Buffer,
  plaintext: Uint8Array,
  context: EncryptionContext,
): Buffer {
  const head = writeHeader(header);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', backingKey, iv).setAAD(Buffer.concat([head, encodeContext(context)]));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, iv, cipher.getAuthTag(), ciphertext]);
}

/** Opens a blob; undefined when it was changed, or the context or the key is not the one it was sealed with. */
export function unseal(blob: Buffer, backingKey: Buffer, context: EncryptionContext): Buffer | undefined {
  const head = blob.subarray(0, HEADER_BYTES);
  const iv = blob.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES);
  const tag = blob.subarray(HEADER_BYTES + IV_BYTES, HEADER_BYTES + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', backingKey, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.concat([head, encodeContext(context)]))
    .setAuthTag(tag);
  try {
    const text = decipher.update(blob.subarray(HEADER_BYTES + IV_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Reads the header; undefined for what is no blob of ours. */
export function readHeader(blob: Buffer): BlobHeader | undefined {
  if (blob.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || blob[0] !== FORMAT) return undefined;
  const hex = blob.subarray(1, 1 + KEY_ID_BYTES).toString('hex');
  const keyId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { keyId, version: blob.readUInt32BE(1 + KEY_ID_BYTES) };
}

function writeHeader({ keyId, version }: BlobHeader): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head[0] = FORMAT;
  head.write(keyId.replaceAll('-', ''), 1, KEY_ID_BYTES, 'hex');
  head.writeUInt32BE(version, 1 + KEY_ID_BYTES);
  return head;
}
