import { describe, expect, it } from 'vitest';
import { readErasure } from '../../../functions/companies/operations/read-erasure.ts';
import type { Erasure } from '../../../shared/domain/erasure/erasure.ts';
import { receiptKey, signReceipt } from '../../../shared/domain/erasure/receipt.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

const UNSIGNED: Erasure = {
  empresa_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  estado: 'terminado',
  solicitado: '2026-06-03T10:00:00+00:00',
  solicitado_por: '9d1c1f0e-4b4a-4f9e-9a5d-2f2d0f9f5f11',
  google: 'ninguna',
  filas: { COMPANY: 1 },
  objetos: {},
  terminado: '2026-06-03T10:00:09+00:00',
  comprobado: null,
  firma: null,
  claim: null,
};
const signedUnder = (secret: string): Erasure => ({ ...UNSIGNED, firma: signReceipt(UNSIGNED, receiptKey(secret)) });

/** Reads a receipt with the platform's secret at these versions, newest first. */
async function integrityOf(erasure: Erasure, ...secrets: readonly string[]): Promise<boolean | null> {
  const read = async (_: string, stage = 'current') => {
    const secret = secrets[stage === 'current' ? 0 : 1];
    if (secret === undefined) throw new AppError('unavailable', 'x');
    return secret;
  };
  const erasures = { find: async () => erasure, list: () => Promise.reject(new Error('not asked for')) };
  return (await readErasure({ erasures, secrets: { read } }, erasure.empresa_id)).borrado.integra;
}

describe('the signature of a receipt that is read', () => {
  it('is verified under the secret in use', async () => {
    expect(await integrityOf(signedUnder('new'), 'new')).toBe(true);
    expect(await integrityOf({ ...signedUnder('new'), terminado: null }, 'new')).toBe(false);
  });

  it('is verified after a rotation', async () => {
    expect(await integrityOf(signedUnder('old'), 'new', 'old')).toBe(true);
    expect(await integrityOf({ ...signedUnder('old'), filas: {} }, 'new', 'old')).toBe(false);
  });

  it('is neither good nor bad when its secret is kept no more, or when there is none yet', async () => {
    expect(await integrityOf(signedUnder('older'), 'new', 'old')).toBeNull();
    expect(await integrityOf(signedUnder('old'), 'new')).toBeNull();
    expect(await integrityOf(UNSIGNED, 'new')).toBeNull();
  });

  it('cannot be asked for while the secret in use cannot be read', async () => {
    await expect(integrityOf(signedUnder('new'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
