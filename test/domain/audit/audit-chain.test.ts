import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../shared/domain/audit/audit-chain.ts';
import { type AuditEntry, FIRST_HASH, hashOfEntry } from '../../../shared/domain/audit/audit-entry.ts';
import { type ChainEnd, EMPTY_CHAIN } from '../../../shared/domain/audit/chain-end.ts';

/** A chain as the trail writes it. */
function chainOf(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let numero = 1; numero <= length; numero += 1) {
    const entry = {
      numero,
      instante: `2026-11-21T09:${String(numero % 60).padStart(2, '0')}:00+00:00`,
      usuario_id: numero % 3 === 0 ? null : `user-${numero}`,
      direccion_ip: '203.0.113.7',
      accion: 'usuario.crear',
      entidad: 'usuario',
      entidad_id: `u-${numero}`,
      cambios: { rol: 'member', activo: true, veces: numero, antes: null },
      hash_anterior: entries.at(-1)?.hash ?? FIRST_HASH,
    };
    entries.push({ ...entry, hash: hashOfEntry(entry) });
  }
  return entries;
}

function endOf(entries: readonly AuditEntry[]): ChainEnd {
  const last = entries.at(-1);
  return last === undefined ? EMPTY_CHAIN : { number: last.numero, hash: last.hash };
}

async function* rows(entries: readonly (AuditEntry | undefined)[]) {
  yield* entries;
}

const breakOf = async (entries: readonly (AuditEntry | undefined)[], head: ChainEnd) =>
  (await verifyChain(rows(entries), head)).firstBreak;

/** Every field of an entry, changed. */
const ALTERATIONS: readonly Partial<AuditEntry>[] = [
  { instante: '2020-01-01T00:00:00+00:00' },
  { usuario_id: 'somebody-else' },
  { usuario_id: null },
  { direccion_ip: null },
  { accion: 'usuario.borrar' },
  { entidad: 'empresa' },
  { entidad_id: 'other' },
  { cambios: {} },
  { cambios: { rol: 'admin', activo: true, veces: 1, antes: null } },
  { hash_anterior: 'f'.repeat(64) },
  { hash: 'f'.repeat(64) },
  { numero: 99 },
];

describe('a chain', () => {
  it('that nobody touched is whole, from none to many', async () => {
    for (const length of [0, 1, 2, 50]) {
      const entries = chainOf(length);
      expect(await verifyChain(rows(entries), endOf(entries))).toEqual({ fitting: length, firstBreak: null });
    }
  });

  it.each(ALTERATIONS)('breaks at the entry that became %j', async (alteration) => {
    const entries = chainOf(5).map((entry) => (entry.numero === 2 ? { ...entry, ...alteration } : entry));
    expect(await verifyChain(rows(entries), endOf(chainOf(5)))).toEqual({ fitting: 1, firstBreak: 2 });
  });

  it('breaks behind an entry that was altered together with its own hash', async () => {
    const entries = chainOf(5).map((entry) => {
      if (entry.numero !== 2) return entry;
      const forged = { ...entry, accion: 'nada' };
      return { ...forged, hash: hashOfEntry(forged) };
    });
    expect(await breakOf(entries, endOf(chainOf(5)))).toBe(3);
  });

  it('breaks at the last entry when that one was altered together with its own hash', async () => {
    const entries = chainOf(3);
    const last = entries[2] as AuditEntry;
    const forged = { ...last, accion: 'nada' };
    expect(await breakOf([...entries.slice(0, 2), { ...forged, hash: hashOfEntry(forged) }], endOf(entries))).toBe(3);
  });

  it('breaks at a row that is no entry any more', async () => {
    const [first, , third] = chainOf(3);
    expect(await breakOf([first, undefined, third], endOf(chainOf(3)))).toBe(2);
  });

  it('breaks where any entry, or any run of them, was removed, tail included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.nat(11),
        fc.integer({ min: 1, max: 12 }),
        async (length, at, count) => {
          fc.pre(at < length);
          const entries = chainOf(length);
          expect(await breakOf(entries.toSpliced(at, count), endOf(entries))).toBe(at + 1);
        },
      ),
    );
  });

  it('breaks at the first of two entries that changed places, or of one that stands twice', async () => {
    const [one, two, three, four] = chainOf(4) as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
    expect(await breakOf([one, three, two, four], endOf([four]))).toBe(2);
    expect(await breakOf([one, two, two, three, four], endOf([four]))).toBe(3);
  });

  it('of another company does not fit in', async () => {
    const own = chainOf(3);
    const foreign = chainOf(3).map((entry) => ({ ...entry, entidad_id: 'foreign' }));
    const rehashed = foreign.map((entry) => ({ ...entry, hash: hashOfEntry(entry) }));
    expect(await breakOf([...own.slice(0, 2), ...rehashed.slice(2)], endOf(own))).toBe(3);
  });
});
