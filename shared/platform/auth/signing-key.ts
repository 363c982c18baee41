import { createHash, hkdfSync } from 'node:crypto';

/** A key for signing, with the short name that tokens carry in `kid`. */
export interface SigningKey {
  readonly kid: string;
  readonly bytes: Uint8Array;
}

/** The `kid` is the start of the secret's digest: it needs no place of its own and changes with the secret. */
export function signingKey(secret: string): SigningKey {
  const bytes = Buffer.from(secret, 'utf8');
  return { kid: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

/** A key of its own for each purpose, all from the one `SECRET_KEY` (HKDF-SHA256, RFC 5869). */
export function derivedKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `stay-ops/${purpose}`, 32));
}
