import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { EventRepository, openEvents } from '../../shared/domain/event/event.repository.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { type TenantKeys, tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { TransactionRefused } from '../../shared/platform/dynamo/storage-errors.ts';
import { ABSENT, Table, type Write } from '../../shared/platform/dynamo/table.ts';
import { tenantPartition } from '../../shared/platform/tenant/tenant-partition.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { eventWriter } from '../support/event-writer.ts';
import { bookingCreated, TASK_STARTED } from '../support/sample-events.ts';
import { rowsOf } from '../support/table-rows.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let keys: TenantKeys;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-05-01T10:00:00Z' });
  keys = tenantKeys('alias/stay-ops-local', systemClock);
});
afterAll(() => cloud.close());

const nobody = { send: () => Promise.reject(new Error('There is nobody to deliver to')) };

/** A company of its own; each writer has connections of its own, as functions have. */
async function aLog() {
  const company = await cloud.given.aCompany();
  const scope = new TenantScope(cloud.table, company.id);
  const log = () => eventWriter(cloud, company.id, nobody).log;
  const read = new EventRepository(scope);
  const all = async () => {
    const rows = await read.listBetween(1, (await read.findHead()).number, 1_000, cloud.cloud.now());
    return openEvents(keys, scope, rows);
  };
  const row = (name: string): Write => ({
    kind: 'put',
    item: { pk: tenantPartition(company.id, 'COUNTER'), sk: name },
    condition: ABSENT,
  });
  return { company, scope, log, all, row };
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('the event log of a company', () => {
  it('numbers what fifty write at once without a gap, and refuses none of them', async () => {
    const { log, all } = await aLog();
    await Promise.all(upTo(50).map((id) => log().commit([bookingCreated(id)], [], cloud.cloud.now())));
    const events = await all();
    expect(events.map(({ number }) => number)).toEqual(upTo(50));
    const told = events.map(({ data }) => (data.booking as { id: number }).id);
    expect([...told].sort((a, b) => a - b)).toEqual(upTo(50));
    expect(new Set(events.map(({ id }) => id)).size).toBe(50);
  });

  it('holds an event with its change or not at all', async () => {
    const { log, all, row, scope } = await aLog();
    await log().commit([TASK_STARTED], [row('A')], cloud.cloud.now());
    const refused = log().commit([TASK_STARTED], [row('B'), row('A')], cloud.cloud.now());
    await expect(refused).rejects.toEqual(new TransactionRefused([1]));
    expect(await scope.table.get({ pk: tenantPartition(scope.empresaId, 'COUNTER'), sk: 'B' })).toBeUndefined();
    await log().commit([bookingCreated(1), bookingCreated(2)], [row('B')], cloud.cloud.now());
    expect((await all()).map(({ number, type }) => [number, type])).toEqual([
      [1, 'task.status_changed'],
      [2, 'booking.created'],
      [3, 'booking.created'],
    ]);
  });

  it('and the audit trail are continued by one transaction, also when many do so at once', async () => {
    const { log, all, row, scope } = await aLog();
    const fact = { accion: 'prueba.hacer', entidad: 'prueba', entidad_id: 'p', cambios: {} };
    await Promise.all(
      upTo(20).map(async (id) => {
        const now = cloud.cloud.now();
        const along = await log().continuationOf([bookingCreated(id)], now);
        const trail = new AuditTrail(new TenantScope(new Table(documentClient(), cloud.table.name), scope.empresaId));
        await trail.commit({ actor: undefined, address: undefined, now }, fact, [row(`ROW${id}`)], along);
      }),
    );
    expect((await all()).map(({ number }) => number)).toEqual(upTo(20));
    expect(await new AuditRepository(scope).verify()).toEqual({ fitting: 20, firstBreak: null });
  });

  it('shows what it carries to nobody who reads the table, and keeps it for thirty days', async () => {
    const { company, log, all } = await aLog();
    const now = cloud.cloud.now();
    await log().commit([bookingCreated(1, 'Ágata Canaria')], [], now);
    const rows = (await rowsOf(cloud, company.id)).filter((text) => text.includes('#EVENT'));
    expect(rows).toHaveLength(2);
    for (const text of rows) expect(text).not.toMatch(/Canaria|Lake House/);
    expect((await all())[0]?.data).toMatchObject({ booking: { guest_name: 'Ágata Canaria' }, origin: 'api' });

    // Past its time it is gone for readers at once, and from the table when TTL gets to it.
    const read = new EventRepository(new TenantScope(cloud.table, company.id));
    const later = new Date(now.getTime() + 30 * 86_400_000);
    expect(await read.listBetween(1, 1, 10, new Date(later.getTime() - 1_000))).toHaveLength(1);
    expect(await read.listBetween(1, 1, 10, later)).toEqual([]);
  });
});
