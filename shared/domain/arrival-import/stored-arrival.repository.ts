import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import type { DataKey } from '../../platform/crypto/sealed.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { Reservation } from '../reservation/reservation.ts';
import { storedArrivalDay, storedArrivalKey, storedArrivalPartition } from './arrival-import.keys.ts';
import { type StoredArrival, sealArrival, storedArrival } from './stored-arrival.ts';

const PARALLEL_WRITES = 16;

/** A reservation with its check-in day known: what a drop stores. */
export type DatedReservation = Reservation & { readonly check_in: string };

/** Which version of which object a write speaks for. */
export interface DropVersion {
  readonly source: string;
  readonly version: string;
}

/** Arrivals of one company's drops. */
export class StoredArrivalRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Arrivals whose check-in date is `day`; those past their time are as good as gone, though TTL deletes later. */
  async listOn(day: string, now: Date): Promise<readonly StoredArrival[]> {
    const found: StoredArrival[] = [];
    const query = {
      pk: storedArrivalPartition(this.#scope.empresaId),
      prefix: storedArrivalDay(day),
      consistent: true,
    };
    for await (const row of this.#scope.table.queryAll(query)) {
      const arrival = storedArrival.parse(row);
      if (arrival.expires_at * 1000 > now.getTime()) found.push(arrival);
    }
    return found;
  }

  /** Writes each arrival unless a later drop has said something of it already; safe to repeat. */
  async putAll(
    arrivals: readonly DatedReservation[],
    drop: DropVersion,
    key: DataKey,
    expiresAt: (checkIn: string) => number,
  ): Promise<void> {
    const { empresaId } = this.#scope;
    await eachLimit(arrivals, PARALLEL_WRITES, async (arrival) => {
      const sealed = sealArrival(key, arrival);
      const item = {
        ...storedArrivalKey(empresaId, arrival.check_in, sealed.fingerprint),
        ...sealed,
        source_key: drop.source,
        version: drop.version,
        expires_at: expiresAt(arrival.check_in),
      };
      const condition = {
        expression: 'attribute_not_exists(pk) OR version <= :mine',
        values: { ':mine': drop.version },
      };
      await this.#unlessOvertaken({ kind: 'put', item, condition });
    });
  }

  /** Deletes what other versions of the object left on these days: rows that its latest version no longer holds. */
  async removeOtherVersions(days: readonly string[], latest: DropVersion, now: Date): Promise<void> {
    for (const day of days) {
      const stale = (await this.listOn(day, now)).filter(
        (row) => row.source_key === latest.source && row.version !== latest.version,
      );
      await eachLimit(stale, PARALLEL_WRITES, ({ sk, version }) => {
        const key = { pk: storedArrivalPartition(this.#scope.empresaId), sk };
        const condition = { expression: 'version = :seen', values: { ':seen': version } };
        return this.#unlessOvertaken({ kind: 'delete', key, condition });
      });
    }
  }

  async #unlessOvertaken(write: Exclude<Write, { kind: 'check' }>): Promise<void> {
    try {
      await this.#scope.table.write(write);
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }
}
