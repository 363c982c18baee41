import * as z from 'zod';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { type Condition, PRESENT, type Table, type Write } from '../../platform/dynamo/table.ts';
import type { QueueName } from '../../platform/queue/queue-names.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { OUTBOX_SHARDS, outboxDueKey, outboxKey, outboxShard } from './outbox.keys.ts';
import { outboxAddition, SWEEP_AFTER_MS } from './outbox-addition.ts';
import { MOST_ATTEMPTS, type NewOutboxEntry, type OutboxEntry, outboxEntry } from './outbox-entry.ts';
import { OUTBOX_KINDS, QUEUE_OF } from './outbox-kind.ts';

/** What one request reads. */
const READ_MOST = 100;

/** The result of asking for an entry: the entry, or why there is nothing to do. */
export type Lease =
  | { readonly kind: 'leased'; readonly entry: OutboxEntry }
  | { readonly kind: 'done' }
  | { readonly kind: 'busy' };

/** Work of one company that waits to be done. */
export class OutboxRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** The write that adds an entry, to stand in the transaction of the change that caused it. */
  additionOf(entry: NewOutboxEntry, now: Date): Write {
    return outboxAddition(this.#scope.empresaId, entry, now);
  }

  /** Entries by their ids, 100 to a request; those past their time are left out. */
  async findMany(ids: readonly string[]): Promise<readonly OutboxEntry[]> {
    const { empresaId, table } = this.#scope;
    const pages = Array.from({ length: Math.ceil(ids.length / READ_MOST) }, (_, page) =>
      ids.slice(page * READ_MOST, (page + 1) * READ_MOST).map((id) => outboxKey(empresaId, id)),
    );
    const found = await Promise.all(pages.map((keys) => table.getMany(keys, { consistent: true })));
    return found.flat().map((row) => outboxEntry.parse(row));
  }

  /** The write by which an entry that was given up is tried from the start; refused when it is not given up. */
  retrying(id: string, now: Date): Write {
    const due = outboxDueKey(id, new Date(now.getTime() + SWEEP_AFTER_MS));
    return {
      kind: 'update',
      key: outboxKey(this.#scope.empresaId, id),
      update: {
        expression: 'SET estado = :waiting, attempts = :none, gsi2pk = :pk, gsi2sk = :sk',
        values: { ':waiting': 'pendiente', ':none': 0, ':pk': due.gsi2pk, ':sk': due.gsi2sk },
      },
      condition: { expression: 'estado = :failed', values: { ':failed': 'fallido' } },
    };
  }

  /** Takes an entry for one try; nobody else gets it until the try ends or its time, in ms, is over. */
  async lease(id: string, now: Date, leaseMs: number): Promise<Lease> {
    const key = outboxKey(this.#scope.empresaId, id);
    try {
      const row = await this.#scope.table.write({
        kind: 'update',
        key,
        update: {
          expression: 'SET leased_until = :until, attempts = attempts + :one',
          values: { ':until': now.getTime() + leaseMs, ':one': 1 },
        },
        condition: {
          expression:
            '(attribute_exists(sealed) OR attribute_exists(#content)) AND (attribute_not_exists(leased_until) OR leased_until < :now)',
          names: { '#content': 'content' },
          values: { ':now': now.getTime() },
        },
      });
      return { kind: 'leased', entry: outboxEntry.parse(row) };
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      const { sealed, content } = thrown.item ?? {};
      return { kind: sealed === undefined && content === undefined ? 'done' : 'busy' };
    }
  }

  /** The entry has come to an end; its content goes, its record stays. */
  async settle(id: string, estado: 'entregado' | 'rechazado', now: Date): Promise<void> {
    await this.#change(id, {
      expression: 'SET estado = :estado, settled_at = :now REMOVE sealed, #content, leased_until, gsi2pk, gsi2sk',
      names: { '#content': 'content' },
      values: { ':estado': estado, ':now': now.toISOString() },
    });
  }

  /** The turn ended well and the work goes on from some instant: its tries count from nothing again. */
  async continueLater(id: string, from: Date): Promise<void> {
    const due = outboxDueKey(id, new Date(from.getTime() + SWEEP_AFTER_MS));
    await this.#change(id, {
      expression: 'SET attempts = :none, gsi2pk = :pk, gsi2sk = :sk REMOVE leased_until',
      values: { ':none': 0, ':pk': due.gsi2pk, ':sk': due.gsi2sk },
    });
  }

  /** The try failed; after the last one the sweeper leaves the entry alone. */
  async release(entry: OutboxEntry, now: Date): Promise<void> {
    const exhausted = entry.attempts >= MOST_ATTEMPTS;
    const due = outboxDueKey(entry.id, new Date(now.getTime() + SWEEP_AFTER_MS * 2 ** entry.attempts));
    await this.#change(
      entry.id,
      exhausted
        ? { expression: 'SET estado = :estado REMOVE leased_until, gsi2pk, gsi2sk', values: { ':estado': 'fallido' } }
        : {
            expression: 'SET gsi2pk = :pk, gsi2sk = :sk REMOVE leased_until',
            values: { ':pk': due.gsi2pk, ':sk': due.gsi2sk },
          },
    );
  }

  /** An entry whose company was erased meanwhile stays gone. */
  async #change(id: string, update: Condition): Promise<void> {
    const key = outboxKey(this.#scope.empresaId, id);
    try {
      await this.#scope.table.write({ kind: 'update', key, update, condition: PRESENT });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }
}

/** An entry that is due, with the queue that its worker reads. */
export interface DueEntry {
  readonly empresaId: string;
  readonly id: string;
  readonly queue: QueueName;
}

const dueRow = z.object({ empresa_id: z.string(), id: z.string(), kind: z.enum(OUTBOX_KINDS) });

/** Every entry of the platform that is due: for the sweeper alone. */
export async function* listDueEntries(table: Table, now: Date): AsyncGenerator<DueEntry> {
  for (let shard = 0; shard < OUTBOX_SHARDS; shard += 1) {
    const query = { pk: outboxShard(shard), index: 'gsi2', to: now.toISOString() };
    for await (const row of table.queryAll(query)) {
      const { empresa_id, id, kind } = dueRow.parse(row);
      yield { empresaId: empresa_id, id, queue: QUEUE_OF[kind] };
    }
  }
}
