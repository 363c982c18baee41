import { describe, expect, it } from 'vitest';
import { type EventHead, eventHeadOf, tellingOf } from '../../../shared/domain/event/event-head.ts';
import { EventLog } from '../../../shared/domain/event/event-log.ts';
import type { Item, Table } from '../../../shared/platform/dynamo/table.ts';
import type { WorkMessage } from '../../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { SILENT } from '../../support/bare-deps.ts';
import { bookingCreated } from '../../support/sample-events.ts';

const COMPANY = '00000000-0000-4000-8000-000100000001';
const now = new Date('2026-05-01T10:00:00Z');

/** A head whose events have waited for so many seconds. */
function marked(seconds: number, endpoints = 1): EventHead {
  const due = new Date(now.getTime() - seconds * 1_000 + 120_000);
  return eventHeadOf({ number: 7, endpoints, gsi2sk: `${due.toISOString()}#events` });
}

describe('what a commit tells', () => {
  it('is nothing while nobody listens, and once while the worker is at it', () => {
    expect(tellingOf(eventHeadOf(undefined), now)).toBe('nobody listens');
    expect(tellingOf(marked(0, 0), now)).toBe('nobody listens');
    expect(tellingOf(eventHeadOf({ number: 7, endpoints: 1 }), now)).toBe('tell worker');
    expect(tellingOf(marked(29), now)).toBe('worker is told');
    expect(tellingOf(marked(31), now)).toBe('tell worker');
  });

  it.each([
    ['nobody listens', { number: 7 }, 0, false],
    ['nothing waits', { number: 7, endpoints: 1 }, 1, false],
    ['a worker is at it', { ...marked(5) }, 0, true],
    ['a worker has not caught up', { ...marked(60) }, 1, false],
  ])('when %s', async (_, head: Item, messages, needsMark) => {
    const told: WorkMessage[] = [];
    // A continuation asks its table for nothing.
    const table = { ofTenant: () => table } as unknown as Table;
    const log = new EventLog(new TenantScope(table, COMPANY), {
      keys: { dataKey: async () => ({ bytes: new Uint8Array(32) }) },
      ulid: (prefix) => `${prefix}_1`,
      queue: { send: async (message) => void told.push(message as WorkMessage) },
      log: SILENT,
    });
    const continuation = await log.continuationOf([bookingCreated(1)], now);
    const [move, added] = continuation?.writesAfter(head) ?? [];
    // The worker takes the mark off when it is through: a commit that trusts it must find it still there.
    expect(move?.condition?.expression.includes('attribute_exists(gsi2pk)')).toBe(needsMark);
    expect(move?.condition?.values).toEqual({ ':seen': 7 });
    expect(added).toMatchObject({ item: { number: 8, sk: 'EVENT#000000000008' } });
    await continuation?.committed?.(head);
    expect(told).toEqual(Array(messages).fill({ empresa_id: COMPANY, outbox_id: `events_${COMPANY}` }));
  });

  it('is nothing without events', async () => {
    const table = { ofTenant: () => table } as unknown as Table;
    const deps = { keys: { dataKey: () => Promise.reject(new Error('KMS is away')) }, ulid: () => '', log: SILENT };
    const log = new EventLog(new TenantScope(table, COMPANY), { ...deps, queue: { send: async () => undefined } });
    expect(await log.continuationOf([], now)).toBeUndefined();
  });
});
