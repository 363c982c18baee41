import { describe, expect, it } from 'vitest';
import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { translateStorageError } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Item, Key, Table, Write } from '../../../shared/platform/dynamo/table.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

const COMPANY = '00000000-0000-4000-8000-000100000001';
const origin = { actor: undefined, address: undefined, now: new Date('2026-11-21T09:30:00Z') };
const fact = { accion: 'prueba.hacer', entidad: 'prueba', entidad_id: 'p', cambios: {} };

/** What DynamoDB throws when it cancels a transaction, one code for each write. */
function cancelled(...codes: readonly string[]): unknown {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return translateStorageError(
    Object.assign(new Error('cancelled'), { name: 'TransactionCanceledException', CancellationReasons }),
  );
}

/** A table that refuses transactions as told, one after another, and then takes them. */
function tableThat(...refusals: readonly unknown[]) {
  const taken: (readonly Write[])[] = [];
  let calls = 0;
  const table = {
    ofTenant: () => table as unknown as Table,
    get: async (_: Key): Promise<Item | undefined> => undefined,
    transact: async (writes: readonly Write[]) => {
      calls += 1;
      const refusal = refusals[calls - 1];
      if (refusal !== undefined) throw refusal;
      taken.push(writes);
    },
  };
  // These methods are all that a trail asks of its table.
  const trail = new AuditTrail(new TenantScope(table as unknown as Table, COMPANY));
  return { trail, taken, calls: () => calls };
}

describe('a commit', () => {
  it('starts over when another one moved the head, or touched it at the same instant', async () => {
    const moved = cancelled('ConditionalCheckFailed', 'ConditionalCheckFailed');
    const met = cancelled('TransactionConflict', 'None');
    const { trail, taken, calls } = tableThat(moved, met, met);
    expect(await trail.commit(origin, fact, [])).toMatchObject({ numero: 1 });
    expect([calls(), taken.length]).toEqual([4, 1]);
  });

  it('names the refused one of its own writes, whatever else was refused', async () => {
    const { trail, calls } = tableThat(cancelled('None', 'ConditionalCheckFailed', 'ConditionalCheckFailed', 'None'));
    const write: Write = { kind: 'put', item: { pk: 'T#x#A', sk: 'A' } };
    await expect(trail.commit(origin, fact, [write, write])).rejects.toMatchObject({ failed: [1] });
    expect(calls()).toBe(1);
  });

  it('passes on what a table out of order says, without starting over', async () => {
    const busy = translateStorageError(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    const { trail, calls } = tableThat(busy);
    await expect(trail.commit(origin, fact, [])).rejects.toMatchObject({ code: 'unavailable' });
    expect(calls()).toBe(1);
  });

  it('stops at once where its place is taken although the head says that it is free', async () => {
    const { trail, calls } = tableThat(cancelled('None', 'ConditionalCheckFailed'));
    await expect(trail.commit(origin, fact, [])).rejects.toMatchObject({ code: 'internal' });
    expect(calls()).toBe(1);
  });
});
