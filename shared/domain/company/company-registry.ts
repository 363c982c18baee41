import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Key, type Table, type Write } from '../../platform/dynamo/table.ts';
import { companyEmailLockKey, companyKey, TENANT_SHARDS, tenantEntryKey, tenantShard } from './company.keys.ts';
import { type Company, company, companyEmailTaken } from './company.ts';

/** Rows of one batch, and batches under way at once. */
const BATCH = 100;
const PARALLEL_BATCHES = 4;

const byName = new Intl.Collator('es', { sensitivity: 'base', numeric: true });

/** Companies as the platform keeps them: the only place that makes a tenant. */
export class CompanyRegistry {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Company, its e-mail's lock and its entry in the directory: all or nothing.
   * @param commit writes all of the writes or none; an administrative write adds its own behind the given ones
   * @throws AppError `conflict` with the seed's own sentence when the address is taken (`stay-sidekick.md` §4.4)
   */
  async create(
    owner: Company,
    commit: (writes: readonly Write[]) => Promise<unknown> = (writes) => this.#table.transact(writes),
  ): Promise<void> {
    const empresa_id = owner.id;
    try {
      await commit([
        { kind: 'put', item: { ...companyEmailLockKey(owner.email), empresa_id }, condition: ABSENT },
        { kind: 'put', item: { ...companyKey(owner.id), ...owner }, condition: ABSENT },
        { kind: 'put', item: { ...tenantEntryKey(owner.id), empresa_id }, condition: ABSENT },
      ]);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
      throw thrown.failed.includes(0) ? companyEmailTaken() : thrown;
    }
  }

  /** Every company, by name. The shards of the directory side by side, then the companies a hundred at a time. */
  async list(): Promise<readonly Company[]> {
    const shards = Array.from({ length: TENANT_SHARDS }, (_, shard) => this.#keysOf(tenantShard(shard)));
    const keys = (await Promise.all(shards)).flat();
    const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, batch) =>
      keys.slice(batch * BATCH, (batch + 1) * BATCH),
    );
    const companies: Company[] = [];
    await eachLimit(batches, PARALLEL_BATCHES, async (batch) => {
      for (const row of await this.#table.getMany(batch, { consistent: true })) companies.push(company.parse(row));
    });
    return companies.sort((a, b) => byName.compare(a.nombre, b.nombre) || a.id.localeCompare(b.id));
  }

  async #keysOf(pk: string): Promise<Key[]> {
    const keys: Key[] = [];
    const query = { pk, consistent: true };
    for await (const { empresa_id } of this.#table.queryAll(query)) keys.push(companyKey(String(empresa_id)));
    return keys;
  }
}
