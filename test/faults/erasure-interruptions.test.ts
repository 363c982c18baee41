import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import { companyChangeWrites } from '../../shared/domain/company/company-changes.ts';
import { type ClosingDeps, closeCompany } from '../../shared/domain/erasure/close-company.ts';
import { type EmptyingDeps, emptyCompany } from '../../shared/domain/erasure/empty-company.ts';
import { ErasureLost, ErasureRepository } from '../../shared/domain/erasure/erasure.repository.ts';
import { receiptKey, verifyReceipt } from '../../shared/domain/erasure/receipt.ts';
import { emailLockKey, userKey } from '../../shared/domain/identity/user.keys.ts';
import { wrappedKeyKey } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { ABSENT, type Item, type Key, Table, type Write } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { type ObjectStore, objectStore } from '../../shared/platform/storage/object-store.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { bulkRows, countsOf, tracesOf } from './erasure-world.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/**
 * How a process is interrupted at one of its calls. `dies`: it does nothing any more, the call included. `fails`: that
 * call fails, the process goes on. `loses the answer`: the call takes effect, and fails all the same. `stops half way`:
 * a call that deletes many things deletes half of them, and the process dies.
 */
const INTERRUPTIONS = ['dies', 'fails', 'loses the answer', 'stops half way'] as const;
type Interruption = (typeof INTERRUPTIONS)[number];

/** Stands between a process and its stores, counts the calls, and interrupts at one of them. */
class Interrupter {
  calls = 0;
  struck = false;
  /** Positions of the calls that can stop half way. */
  readonly divisible: number[] = [];
  /**
   * Positions of the calls that change something. To lose the answer of another is as if it failed; to die at another
   * leaves what it leaves to die at the next of these.
   */
  readonly writes: number[] = [];
  /** Positions of the looks that found nothing: one is like the other, and there are dozens. */
  readonly idle: number[] = [];
  #dead = false;
  readonly #at: number;
  readonly #kind: Interruption;

  constructor(kind: Interruption, at: number) {
    this.#kind = kind;
    this.#at = at;
  }

  passWrite<T>(call: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
    this.writes.push(this.calls + 1);
    return this.pass(call, half);
  }

  async pass<T>(call: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
    if (this.#dead) throw new Error('The process is dead');
    this.calls += 1;
    if (half !== undefined) this.divisible.push(this.calls);
    const position = this.calls;
    if (position !== this.#at) {
      const answer = await call();
      if (foundNothing(answer)) this.idle.push(position);
      return answer;
    }
    this.struck = true;
    this.#dead = this.#kind === 'dies' || this.#kind === 'stops half way';
    if (this.#kind === 'stops half way') await half?.();
    if (this.#kind === 'loses the answer') await call();
    throw new Error('Interrupted');
  }
}

function foundNothing(answer: unknown): boolean {
  const found = Array.isArray(answer) ? answer : (answer as { items?: unknown[] } | undefined)?.items;
  return found?.length === 0;
}

/** The table of one process. */
class InterruptedTable extends Table {
  readonly #by: Interrupter;

  constructor(by: Interrupter) {
    super(client, cloud.table.name);
    this.#by = by;
  }

  override get(key: Key, options: { consistent?: boolean } = {}) {
    return this.#by.pass(() => super.get(key, options));
  }

  override query(query: Parameters<Table['query']>[0]) {
    return this.#by.pass(() => super.query(query));
  }

  override write(write: Exclude<Write, { kind: 'check' }>): Promise<Item | undefined> {
    return this.#by.passWrite(() => super.write(write));
  }

  override transact(writes: readonly Write[]) {
    return this.#by.passWrite(() => super.transact(writes));
  }

  override deleteMany(keys: readonly Key[]) {
    return this.#by.passWrite(
      () => super.deleteMany(keys),
      () => super.deleteMany(keys.slice(0, Math.ceil(keys.length / 2))),
    );
  }
}

const client = documentClient();

/** One bucket of one process. */
function interruptedStore(store: ObjectStore, by: Interrupter): ObjectStore {
  return {
    ...store,
    listFirst: (prefix) => by.pass(() => store.listFirst(prefix)),
    removeMany: (keys) =>
      by.passWrite(
        () => store.removeMany(keys),
        () => store.removeMany(keys.slice(0, Math.ceil(keys.length / 2))),
      ),
  };
}

const SECRET = 'a secret of these tests';
const BOSS = '9d1c1f0e-4b4a-4f9e-9a5d-2f2d0f9f5f11';
let offsetMs = 0;
const clock = { now: () => new Date(Date.now() + offsetMs) };
function passTime(milliseconds: number): void {
  offsetMs += milliseconds;
}

function processWith(by: Interrupter): ClosingDeps & EmptyingDeps {
  const { buckets } = cloud.cloud.info;
  const bucketOf = (name: keyof typeof buckets) => interruptedStore(objectStore(buckets[name]), by);
  return {
    table: new InterruptedTable(by),
    clock,
    ids: randomIds,
    grants: { revoke: () => by.pass(async () => 'revocada' as const) },
    buckets: { arrivals: bucketOf('arrivals'), photos: bucketOf('photos'), exports: bucketOf('exports') },
    receiptKey: () => by.pass(async () => receiptKey(SECRET)),
    quietMs: 0,
  };
}

async function aSmallTenant(): Promise<Company> {
  const company = await cloud.given.aCompany();
  const photos = objectStore(cloud.cloud.info.buckets.photos);
  await Promise.all([
    cloud.given.aUser(company),
    cloud.given.aUser(company),
    bulkRows(cloud, company.id, 'ARRIVAL', 3),
    cloud.table.write({ kind: 'put', item: { ...wrappedKeyKey(company.id, 'guest-data'), wrapped: 'x' } }),
    ...['a', 'b', 'c'].map((name) => photos.write(`photos/${company.id}/${name}`, 'x', 'image/jpeg')),
  ]);
  return company;
}

/** Calls until one is answered, each in a process of its own; whoever calls again waits a while. */
async function eraseStubbornly(company: Company, by: Interrupter): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      await closeCompany(processWith(attempt === 0 ? by : new Interrupter('dies', 0)), {
        empresaId: company.id,
        requestedBy: BOSS,
      });
      return;
    } catch {
      passTime(2 * 60_000);
    }
  }
  throw new Error('No call was answered');
}

/** Turns until one has nothing left to do, as the queue and every few minutes the sweeper would bring them. */
async function workStubbornly(company: Company, by: Interrupter): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    const deps = processWith(turn === 0 ? by : new Interrupter('dies', 0));
    await emptyCompany(deps, company.id).catch(() => undefined);
    if ((await new ErasureRepository(cloud.table).find(company.id))?.estado === 'terminado') return;
    passTime(2 * 60_000);
  }
  throw new Error('The erasure never came to an end');
}

/** Which call is interrupted, counted from 1; 0 for none. */
interface Positions {
  readonly closing: number;
  readonly turn: number;
}

/** Erases a fresh tenant with an interruption at a call of its closing, and at one of its first turn. */
async function eraseInterrupted(kind: Interruption, at: Positions) {
  const company = await aSmallTenant();
  const expected = await countsOf(cloud, company.id);
  const closing = new Interrupter(kind, at.closing);
  await eraseStubbornly(company, closing);
  const early = await tracesOf(cloud, [company.id, company.email]);
  const names = /^(P#|T#[^#]+#(USER|COMPANY|DATA_KEY) )/;
  expect(early.filter((trace) => names.test(trace))).toEqual([]);
  const turn = new Interrupter(kind, at.turn);
  await workStubbornly(company, turn);
  expect(await tracesOf(cloud, [company.id, company.email])).toEqual([]);
  const end = await new ErasureRepository(cloud.table).find(company.id);
  expect(end).toMatchObject({ estado: 'terminado', claim: null, objetos: { 'photos/': 3 } });
  expect(end?.filas).toEqual(expected);
  expect(end?.firma && verifyReceipt(end, end.firma, [receiptKey(SECRET)])).toBe(true);
  await cloud.table.deleteMany([{ pk: 'P#ERASURE#RECEIPT', sk: `COMPANY#${company.id}` }]);
  return { closing, turn };
}

/** The calls at which an interruption may make a difference, as an erasure that is not interrupted tells. */
function tellingPositions(kind: Interruption, { calls, divisible, writes, idle }: Interrupter): readonly number[] {
  if (kind === 'stops half way') return divisible;
  if (kind === 'dies' || kind === 'loses the answer') return writes;
  const [firstIdle, lastIdle] = [idle.at(0), idle.at(-1)];
  const isOneOfMany = (at: number) => idle.includes(at) && at !== firstIdle && at !== lastIdle;
  return Array.from({ length: calls }, (_, call) => call + 1).filter((at) => !isOneOfMany(at));
}

const FEWEST = { dies: 10, fails: 30, 'loses the answer': 10, 'stops half way': 5 } as const;

describe('an erasure whose closing and whose first turn are interrupted once', () => {
  it.each(INTERRUPTIONS)('comes to the same end wherever its process %s', { timeout: 240_000 }, async (kind) => {
    const whole = await eraseInterrupted(kind, { closing: 0, turn: 0 });
    const [ofClosing, ofTurn] = [tellingPositions(kind, whole.closing), tellingPositions(kind, whole.turn)];
    expect(ofClosing.length + ofTurn.length).toBeGreaterThanOrEqual(FEWEST[kind]);
    for (let nth = 0; nth < Math.max(ofClosing.length, ofTurn.length); nth += 1) {
      const at = { closing: ofClosing[nth] ?? 0, turn: ofTurn[nth] ?? 0 };
      const { closing, turn } = await eraseInterrupted(kind, at);
      expect([closing.struck, turn.struck]).toEqual([at.closing > 0, at.turn > 0]);
    }
  });
});

/** Lets nothing go wrong, but something else happen each time that many things are deleted. */
class Bystander extends Interrupter {
  readonly #meanwhile: () => unknown;

  constructor(meanwhile: () => unknown) {
    super('fails', 0);
    this.#meanwhile = meanwhile;
  }

  override async pass<T>(call: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
    if (half !== undefined) await this.#meanwhile();
    return super.pass(call, half);
  }
}

describe('an erasure that takes long', () => {
  const request = (company: Company) => ({ empresaId: company.id, requestedBy: BOSS });

  it('goes on in turns, each of which keeps what the one before has counted', async () => {
    const company = await aSmallTenant();
    await bulkRows(cloud, company.id, 'AUDIT', 3_500);
    await closeCompany(processWith(new Interrupter('fails', 0)), request(company));
    const slow = new Bystander(() => passTime(9_000));
    const outcomes: string[] = [];
    while (outcomes.at(-1) !== 'finished') outcomes.push((await emptyCompany(processWith(slow), company.id)).kind);
    expect(outcomes).toEqual(['again', 'again', 'finished']);
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
    const end = await new ErasureRepository(cloud.table).find(company.id);
    expect(end).toMatchObject({ filas: { ARRIVAL: 3, AUDIT: 3_500, USER: 2 }, objetos: { 'photos/': 3 } });
  });

  it('is left to whoever took it over', async () => {
    const company = await aSmallTenant();
    const expected = await countsOf(cloud, company.id);
    await closeCompany(processWith(new Interrupter('fails', 0)), request(company));
    let others = 0;
    const frozen = new Bystander(async () => {
      if (others > 0) return;
      others += 1;
      passTime(2 * 60_000);
      await emptyCompany(processWith(new Interrupter('fails', 0)), company.id);
    });
    await expect(emptyCompany(processWith(frozen), company.id)).rejects.toThrow(ErasureLost);
    const end = await new ErasureRepository(cloud.table).find(company.id);
    expect(end).toMatchObject({ estado: 'terminado', filas: expected });
    expect(await tracesOf(cloud, [company.id])).toEqual([]);
  });

  it('is not begun upon by two at once', async () => {
    const company = await aSmallTenant();
    await closeCompany(processWith(new Interrupter('fails', 0)), request(company));
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() => emptyCompany(processWith(new Interrupter('fails', 0)), company.id)),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['finished', 'rest', 'rest', 'rest']);
  });

  it('before its answer says so, and the same call ends it', async () => {
    const company = await aSmallTenant();
    const slow = processWith(new Bystander(() => passTime(21_000)));
    const revoke = async () => {
      passTime(21_000);
      return 'revocada' as const;
    };
    await expect(closeCompany({ ...slow, grants: { revoke } }, request(company))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await new ErasureRepository(cloud.table).find(company.id)).toMatchObject({ estado: 'cerrando' });
    await closeCompany(processWith(new Interrupter('fails', 0)), request(company));
    expect(await new ErasureRepository(cloud.table).find(company.id)).toMatchObject({ estado: 'vaciando' });
    await expect(closeCompany(slow, request(company))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('names that change while they are freed', () => {
  it('are found all the same, and nobody else loses one', async () => {
    const company = await cloud.given.aCompany();
    const user = await cloud.given.aUser(company);
    const other = await cloud.given.aCompany();
    // Between the reading of the user and the freeing of its names it gets another address, and the old one is taken.
    class Renaming extends InterruptedTable {
      #renamed = false;

      override async query(query: Parameters<Table['query']>[0]) {
        const page = await super.query(query);
        if (this.#renamed || !query.pk.endsWith('#USER')) return page;
        this.#renamed = true;
        const email = `nueva.${user.email}`;
        const holder = { empresa_id: company.id, user_id: user.id };
        const key = userKey(company.id, user.id);
        const update = { expression: 'SET email = :email', values: { ':email': email } };
        await cloud.table.transact([
          { kind: 'put', item: { ...emailLockKey(email), ...holder }, condition: ABSENT },
          { kind: 'delete', key: emailLockKey(user.email) },
          { kind: 'update', key, update },
        ]);
        await cloud.given.aUser(other, { email: user.email });
        return page;
      }
    }
    const by = new Interrupter('fails', 0);
    const deps = { ...processWith(by), table: new Renaming(by) };
    await closeCompany(deps, { empresaId: company.id, requestedBy: BOSS });
    expect(await cloud.table.get(emailLockKey(`nueva.${user.email}`))).toBeUndefined();
    expect(await cloud.table.get(userKey(company.id, user.id))).toBeUndefined();
    expect(await cloud.table.get(emailLockKey(user.email))).toMatchObject({ empresa_id: other.id });
  });

  it('a company that gets another address in that moment frees the new one', async () => {
    const company = await cloud.given.aCompany();
    const email = `nueva.${company.email}`;
    class Renaming extends InterruptedTable {
      #renamed = false;

      override async transact(writes: readonly Write[]) {
        if (!this.#renamed) {
          this.#renamed = true;
          const writesOfTheOther = companyChangeWrites(company, { email }, company.updated_at);
          await cloud.table.transact(writesOfTheOther);
        }
        return super.transact(writes);
      }
    }
    const by = new Interrupter('fails', 0);
    const deps = { ...processWith(by), table: new Renaming(by) };
    await closeCompany(deps, { empresaId: company.id, requestedBy: BOSS });
    expect(await tracesOf(cloud, [company.id, company.email])).toEqual([]);
  });
});
