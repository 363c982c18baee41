import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Table } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { companyEmailLockKey, companyKey, tenantEntryKey } from './company.keys.ts';
import type { Company } from './company.ts';

/** Companies as the platform keeps them: the only place that makes a tenant. */
export class CompanyRegistry {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Company, its e-mail's lock and its entry in the directory: all or nothing.
   * @throws AppError `conflict` with the seed's own sentence when the address is taken (`stay-sidekick.md` §4.4)
   */
  async create(owner: Company): Promise<void> {
    const empresa_id = owner.id;
    try {
      await this.#table.transact([
        { kind: 'put', item: { ...companyEmailLockKey(owner.email), empresa_id }, condition: ABSENT },
        { kind: 'put', item: { ...companyKey(owner.id), ...owner }, condition: ABSENT },
        { kind: 'put', item: { ...tenantEntryKey(owner.id), empresa_id }, condition: ABSENT },
      ]);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
      throw new AppError('conflict', 'Ya existe una empresa con ese email.');
    }
  }
}
