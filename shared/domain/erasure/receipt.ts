import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey, type SigningKey, signingKey } from '../../platform/auth/signing-key.ts';
import type { Counts, ReceiptFacts, ReceiptSignature } from './erasure.ts';

/** The key of receipts, derived from `SECRET_KEY`; its `kid` is the one of that secret. */
export function receiptKey(secret: string): SigningKey {
  return { kid: signingKey(secret).kid, bytes: derivedKey(secret, 'erasure-receipt') };
}

function sorted(counted: Counts): readonly (readonly [string, number])[] {
  return Object.entries(counted).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The text that is signed: a JSON list of format, `kid`, then the facts in the order below; counts as `[kind, count]`
 * pairs sorted by kind.
 */
function signedText(facts: ReceiptFacts, kid: string): string {
  const { empresa_id, solicitado, solicitado_por, google, filas, objetos, terminado, comprobado } = facts;
  const format = 'stay-ops/erasure-receipt/1';
  const counted = [sorted(filas), sorted(objetos)];
  return JSON.stringify([
    format,
    kid,
    empresa_id,
    solicitado,
    solicitado_por,
    google,
    ...counted,
    terminado,
    comprobado,
  ]);
}

function macOf(facts: ReceiptFacts, { kid, bytes }: SigningKey): Buffer {
  return createHmac('sha256', bytes).update(signedText(facts, kid)).digest();
}

/** Signs a receipt with HMAC-SHA256 (RFC 2104); `valor` in base64url. */
export function signReceipt(facts: ReceiptFacts, key: SigningKey): ReceiptSignature {
  return { algoritmo: 'HMAC-SHA256', kid: key.kid, valor: macOf(facts, key).toString('base64url') };
}

/** True when the facts are those that were signed; undefined when the key is not among `keys`. */
export function verifyReceipt(
  facts: ReceiptFacts,
  signature: ReceiptSignature,
  keys: readonly SigningKey[],
): boolean | undefined {
  const key = keys.find(({ kid }) => kid === signature.kid);
  if (key === undefined) return undefined;
  const expected = macOf(facts, key);
  const given = Buffer.from(signature.valor, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
