import * as z from 'zod';
import { toOffsetIso } from '../../platform/clock/clock.ts';
import { decodeCursor } from '../../platform/dynamo/cursor.ts';
import { type ListPage, type PageRequest, queryPage } from '../../platform/dynamo/list-newest.ts';
import { ConditionFailed, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, type Item, type Table, type Write } from '../../platform/dynamo/table.ts';
import { companyEmailLockKey, companyKey, tenantEntryKey } from '../company/company.keys.ts';
import { DUE_ERASURES, ERASURES, erasureDueKey, erasureKey, erasureOrder } from './erasure.keys.ts';
import { type Erasure, erasure } from './erasure.ts';

/** One process at work on an erasure; nobody else is until it lets go or its time is over. */
export interface Holder {
  readonly token: string;
  readonly now: Date;
  /** Longer than the process can live. */
  readonly forMs: number;
}

/** Who asks for an erasure. */
export interface ErasureRequest {
  readonly empresaId: string;
  /** User id of the superadmin. */
  readonly requestedBy: string;
}

/** The process no longer holds the erasure: somebody else has gone on with it. */
export class ErasureLost extends Error {
  override readonly name = 'ErasureLost';
}

/** The sweeper enqueues what nobody has gone on with for this time. */
const SWEEP_AFTER_MS = 2 * 60_000;
/** Times that a beginning starts over because the company's address changed meanwhile. */
const ROUNDS = 5;

/** Position of the erasure among the writes of its beginning. */
const ERASURE_EXISTS = 3;

const namedCompany = z.object({ email: z.string() });

/** Erasures of companies, from the request to the receipt. */
export class ErasureRepository {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(empresaId: string): Promise<Erasure | undefined> {
    const row = await this.#table.get(erasureKey(empresaId), { consistent: true });
    return row === undefined ? undefined : erasure.parse(row);
  }

  /**
   * The company's end, all or nothing: its row, its address and its entry in the directory go, its erasure begins. No
   * session, sign-in, import or run outlives the row, and no user can be added without it.
   * @returns undefined when there is no such company
   */
  async begin(request: ErasureRequest, holder: Holder): Promise<Erasure | undefined> {
    const { empresaId } = request;
    for (let round = 0; round < ROUNDS; round += 1) {
      const row = await this.#table.get(companyKey(empresaId), { consistent: true });
      const company = namedCompany.safeParse(row).data;
      if (company === undefined) return undefined;
      const begun = newErasure(request, holder.now);
      try {
        await this.#table.transact([
          ...endOfCompany(empresaId, company.email),
          { kind: 'put', item: rowOf(begun, holder), condition: ABSENT },
        ]);
        return begun;
      } catch (thrown) {
        if (!(thrown instanceof TransactionRefused)) throw thrown;
        if (thrown.failed.includes(ERASURE_EXISTS)) return undefined;
      }
    }
    throw new Error('The company kept changing while it was to be erased');
  }

  /**
   * Takes an erasure that is due for this process alone.
   * @param state when the erasure is wanted only in this state
   * @returns undefined when there is none, nothing is to be done yet or any more, or another process has it
   */
  async take(empresaId: string, holder: Holder, state?: Erasure['estado']): Promise<Erasure | undefined> {
    const free = '(attribute_not_exists(held_until) OR held_until < :now)';
    const due = '(attribute_not_exists(not_before) OR not_before <= :now)';
    const wanted = state === undefined ? 'estado <> :state' : 'estado = :state';
    try {
      const row = await this.#update(empresaId, heldBy(empresaId, holder), {
        expression: `attribute_exists(pk) AND ${wanted} AND ${free} AND ${due}`,
        values: { ':now': holder.now.getTime(), ':state': state ?? 'comprobado' },
      });
      return erasure.parse(row);
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return undefined;
      throw thrown;
    }
  }

  /** @throws ErasureLost when another process has it */
  async save(current: Erasure, token: string): Promise<void> {
    await this.#whileHeld(current, token, current);
  }

  /**
   * Saves and lets go: to be gone on with at once, at some later time, or never again.
   * @throws ErasureLost when another process has it
   */
  async release(current: Erasure, token: string, next: 'now' | 'never' | Date): Promise<void> {
    const held = { held_by: undefined, held_until: undefined };
    const nothingDue = { not_before: undefined, gsi2pk: undefined, gsi2sk: undefined };
    if (next === 'now') return this.#whileHeld(current, token, { ...current, ...held });
    if (next === 'never') return this.#whileHeld(current, token, { ...current, ...held, ...nothingDue });
    const due = { not_before: next.getTime(), ...erasureDueKey(current.empresa_id, next) };
    return this.#whileHeld(current, token, { ...current, ...held, ...due });
  }

  /**
   * One page, newest first.
   * @throws AppError `invalid` for a cursor that no list gave out
   */
  async list({ cursor, limite }: PageRequest): Promise<ListPage<Erasure>> {
    const after =
      cursor === undefined ? {} : { after: decodeCursor(cursor, { pk: ERASURES, gsi1pk: ERASURES }, ['sk', 'gsi1sk']) };
    const query = { pk: ERASURES, index: 'gsi1', newestFirst: true, ...after } as const;
    const { items, cursor: following } = await queryPage(this.#table, query, limite);
    return { items: items.map((item) => erasure.parse(item)), cursor: following };
  }

  async #whileHeld({ empresa_id }: Erasure, token: string, fields: Item): Promise<void> {
    try {
      await this.#update(empresa_id, fields, { expression: 'held_by = :token', values: { ':token': token } });
    } catch (thrown) {
      throw thrown instanceof ConditionFailed ? new ErasureLost('Another process goes on with the erasure') : thrown;
    }
  }

  /** Sets fields, and removes those that are undefined. Values, never additions: a repeated request changes nothing. */
  #update(empresaId: string, fields: Item, condition: Condition): Promise<Item | undefined> {
    const names = Object.keys(fields);
    const removed = names.filter((name) => fields[name] === undefined);
    const set = names.filter((name) => fields[name] !== undefined);
    const assignments = set.map((name) => `#${name} = :${name}`).join(', ');
    const removals = removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '';
    const update = {
      expression: `SET ${assignments}${removals}`,
      names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      values: Object.fromEntries(set.map((name) => [`:${name}`, fields[name]])),
    };
    return this.#table.write({ kind: 'update', key: erasureKey(empresaId), update, condition });
  }
}

function newErasure({ empresaId, requestedBy }: ErasureRequest, now: Date): Erasure {
  return {
    empresa_id: empresaId,
    estado: 'cerrando',
    solicitado: toOffsetIso(now),
    solicitado_por: requestedBy,
    google: null,
    // What the transaction of the beginning takes.
    filas: { COMPANY: 1, COMPANY_EMAIL: 1, TENANTS: 1 },
    objetos: {},
    terminado: null,
    comprobado: null,
    firma: null,
    claim: null,
  };
}

function endOfCompany(empresaId: string, email: string): readonly Write[] {
  const sameEmail = { expression: '#email = :email', names: { '#email': 'email' }, values: { ':email': email } };
  const own = { expression: 'attribute_not_exists(pk) OR empresa_id = :id', values: { ':id': empresaId } };
  return [
    { kind: 'delete', key: companyKey(empresaId), condition: sameEmail },
    { kind: 'delete', key: companyEmailLockKey(email), condition: own },
    { kind: 'delete', key: tenantEntryKey(empresaId) },
  ];
}

function rowOf(begun: Erasure, holder: Holder) {
  const { empresa_id } = begun;
  return {
    ...erasureKey(empresa_id),
    ...erasureOrder(empresa_id, holder.now),
    ...begun,
    ...heldBy(empresa_id, holder),
  };
}

function heldBy(empresaId: string, { token, now, forMs }: Holder) {
  const due = erasureDueKey(empresaId, new Date(now.getTime() + Math.max(forMs, SWEEP_AFTER_MS)));
  return { held_by: token, held_until: now.getTime() + forMs, ...due };
}

/** Every company whose erasure nobody has gone on with: for the sweeper alone. */
export async function* listDueErasures(table: Table, now: Date): AsyncGenerator<string> {
  const query = { pk: DUE_ERASURES, index: 'gsi2', to: now.toISOString() };
  for await (const row of table.queryAll(query)) yield String(row.empresa_id);
}
