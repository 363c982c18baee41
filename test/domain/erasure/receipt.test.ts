import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptFacts } from '../../../shared/domain/erasure/erasure.ts';
import { receiptKey, signReceipt, verifyReceipt } from '../../../shared/domain/erasure/receipt.ts';

const FACTS: ReceiptFacts = {
  empresa_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  solicitado: '2026-06-03T10:00:00+00:00',
  solicitado_por: '9d1c1f0e-4b4a-4f9e-9a5d-2f2d0f9f5f11',
  google: 'ninguna',
  filas: { USER: 2, COMPANY: 1 },
  objetos: { 'arrivals/': 3 },
  terminado: '2026-06-03T10:00:09+00:00',
  comprobado: null,
};
const key = receiptKey('a secret of the platform');
const signature = signReceipt(FACTS, key);

describe('the receipt of an erasure', () => {
  it('is signed by HMAC-SHA256 under a key that is named', () => {
    expect(signature).toMatchObject({ algoritmo: 'HMAC-SHA256', kid: key.kid });
    expect(Buffer.from(signature.valor, 'base64url')).toHaveLength(32);
    expect(verifyReceipt(FACTS, signature, [key])).toBe(true);
  });

  it('does not depend on the order in which the table gives the counts back', () => {
    const turned = { ...FACTS, filas: { COMPANY: 1, USER: 2 } };
    expect(verifyReceipt(turned, signature, [key])).toBe(true);
  });

  it.each<[string, Partial<ReceiptFacts>]>([
    ['another company', { empresa_id: '3fa85f64-5717-4562-b3fc-2c963f66afa7' }],
    ['another time of the request', { solicitado: '2026-06-03T10:00:01+00:00' }],
    ['somebody else who asked', { solicitado_por: 'x' }],
    ['another word about Google', { google: 'revocada' }],
    ['another count', { filas: { USER: 3, COMPANY: 1 } }],
    ['a kind left out', { filas: { USER: 2 } }],
    ['a count of rows told as one of objects', { filas: { USER: 2 }, objetos: { 'arrivals/': 3, COMPANY: 1 } }],
    ['another end', { terminado: '2026-06-03T10:00:08+00:00' }],
    ['a last look that never was', { comprobado: '2026-06-03T11:00:08+00:00' }],
  ])('betrays %s', (_, change) => {
    expect(verifyReceipt({ ...FACTS, ...change }, signature, [key])).toBe(false);
  });

  it('betrays any other signature', () => {
    fc.assert(
      fc.property(fc.string(), (valor) => {
        fc.pre(valor !== signature.valor);
        expect(verifyReceipt(FACTS, { ...signature, valor }, [key])).toBe(false);
      }),
    );
  });

  it('says nothing when its key is not at hand, and is verified by an older one that is', () => {
    const newer = receiptKey('the secret after a rotation');
    expect(newer.kid).not.toBe(key.kid);
    expect(verifyReceipt(FACTS, signature, [newer])).toBeUndefined();
    expect(verifyReceipt(FACTS, signature, [newer, key])).toBe(true);
  });

  it('cannot be made with a key of another purpose from the same secret', () => {
    const secret = 'a secret of the platform';
    const plain = { kid: key.kid, bytes: new TextEncoder().encode(secret) };
    expect(verifyReceipt(FACTS, signReceipt(FACTS, plain), [key])).toBe(false);
  });
});
