import { toUtcIso } from '../../platform/clock/clock.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, type Item, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { eventHeadKey } from '../event/event.keys.ts';
import { eventsWorkId } from '../event/event-head.ts';
import { type Endpoint, type EndpointRow, endpointRow, MOST_ENDPOINTS } from './endpoint.ts';
import { endpointKey, endpointPartition } from './webhook.keys.ts';

/** What a person may change of an endpoint, and what comes with it. */
export type EndpointChanges = Partial<
  Pick<Endpoint, 'url' | 'event_types' | 'description' | 'is_active' | 'disabled_reason'>
>;

/** The endpoints of one company. Writes of people are answered as writes, to be committed with their audit entry. */
export class EndpointRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** All of them, oldest first. */
  async list(): Promise<readonly EndpointRow[]> {
    const { empresaId, table } = this.#scope;
    const { items } = await table.query({ pk: endpointPartition(empresaId), consistent: true });
    return items.map((item) => endpointRow.parse(item));
  }

  async find(id: string): Promise<EndpointRow | undefined> {
    const row = await this.#scope.table.get(endpointKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : endpointRow.parse(row);
  }

  /**
   * The writes that add one. The first is refused when the company has as many as it may: the log's head counts them,
   * since a log that nobody listens to is work for nobody.
   */
  creationWrites(row: EndpointRow): readonly Write[] {
    const { empresaId } = this.#scope;
    const work = { ':id': eventsWorkId(empresaId), ':company': empresaId, ':kind': 'events' };
    const counted: Write = {
      kind: 'update',
      key: eventHeadKey(empresaId),
      update: {
        expression: 'SET id = :id, empresa_id = :company, kind = :kind ADD endpoints :one',
        values: { ...work, ':one': 1 },
      },
      condition: {
        expression: 'attribute_not_exists(endpoints) OR endpoints < :most',
        values: { ':most': MOST_ENDPOINTS },
      },
    };
    return [counted, { kind: 'put', item: { ...endpointKey(empresaId, row.id), ...row }, condition: ABSENT }];
  }

  /** Refused when the endpoint is gone. Switching one on again forgets that it failed. */
  changeWrite(id: string, changes: EndpointChanges, now: Date): Write {
    const fields = { ...changes, updated_at: toUtcIso(now) };
    const update = assignment(fields);
    const forget = changes.is_active === true ? ' REMOVE failing_since' : '';
    return {
      kind: 'update',
      key: endpointKey(this.#scope.empresaId, id),
      update: { ...update, expression: update.expression + forget },
      condition: PRESENT,
    };
  }

  /** Refused when another rotation came first. */
  rotationWrite(seen: EndpointRow, sealed: string, now: Date): Write {
    return {
      kind: 'update',
      key: endpointKey(this.#scope.empresaId, seen.id),
      update: assignment({ sealed, updated_at: toUtcIso(now) }),
      condition: { expression: '#sealed = :seen', names: { '#sealed': 'sealed' }, values: { ':seen': seen.sealed } },
    };
  }

  /** The first is refused when the endpoint is gone already. */
  removalWrites(id: string): readonly Write[] {
    const { empresaId } = this.#scope;
    return [
      { kind: 'delete', key: endpointKey(empresaId, id), condition: PRESENT },
      {
        kind: 'update',
        key: eventHeadKey(empresaId),
        update: { expression: 'ADD endpoints :less', values: { ':less': -1 } },
      },
    ];
  }

  /** Refused when the endpoint is switched off already, or has been reached since it was read. */
  disablingWrite(seen: EndpointRow, reason: 'failing' | 'gone', now: Date): Write {
    const unreached: Condition =
      seen.failing_since === undefined
        ? { expression: 'is_active = :on', values: { ':on': true } }
        : {
            expression: 'is_active = :on AND failing_since = :since',
            values: { ':on': true, ':since': seen.failing_since },
          };
    return {
      kind: 'update',
      key: endpointKey(this.#scope.empresaId, seen.id),
      update: assignment({ is_active: false, disabled_reason: reason, updated_at: toUtcIso(now) }),
      condition: unreached,
    };
  }

  /** Something has reached it. One write a second is enough to say so. */
  async noteSuccess(id: string, now: Date): Promise<void> {
    const at = toUtcIso(now);
    await this.#note(id, {
      update: { expression: 'SET last_success_at = :at REMOVE failing_since', values: { ':at': at } },
      condition: {
        expression: 'attribute_exists(pk) AND (last_success_at <> :at OR attribute_exists(failing_since))',
      },
    });
  }

  /** Something has not reached it. @returns the row as it stands now; undefined when it is gone */
  async noteFailure(id: string, now: Date): Promise<EndpointRow | undefined> {
    const row = await this.#note(id, {
      update: {
        expression: 'SET last_failure_at = :at, failing_since = if_not_exists(failing_since, :at)',
        values: { ':at': toUtcIso(now) },
      },
      condition: PRESENT,
    });
    return row === undefined ? undefined : endpointRow.parse(row);
  }

  async #note(id: string, write: { update: Condition; condition: Condition }): Promise<Item | undefined> {
    const key = endpointKey(this.#scope.empresaId, id);
    try {
      return await this.#scope.table.write({ kind: 'update', key, ...write });
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return undefined;
      throw thrown;
    }
  }
}

function assignment(fields: Item): Condition {
  const names = Object.keys(fields);
  return {
    expression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
  };
}
