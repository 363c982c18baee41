import * as z from 'zod';
import { type ListPage, listNewest, type PageRequest } from '../../platform/dynamo/list-newest.ts';
import { ConditionFailed, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import {
  arrivalExpiryKey,
  arrivalExpiryPartition,
  arrivalImportKey,
  arrivalImportPartition,
  arrivalSourceKey,
} from './arrival-import.keys.ts';
import { type ArrivalImport, arrivalImport } from './arrival-import.ts';

/** What was last read from one object. `days` are the check-in days on which it may have rows. */
const sourceState = z.object({
  version: z.string(),
  content_hash: z.string(),
  done: z.boolean(),
  days: z.array(z.string()),
  import_id: z.string(),
});
export type SourceState = z.infer<typeof sourceState>;

/** A file with the result beside it, past its time. */
const expiredFile = z.object({
  sk: z.string(),
  import_id: z.string(),
  source: z.string(),
  object_keys: z.array(z.string()),
});
export type ExpiredFile = z.infer<typeof expiredFile>;

/** When and with what an import ends. */
export interface ImportEnd {
  readonly source: string;
  readonly state: SourceState;
  readonly record: ArrivalImport;
  readonly expiresAt: Date;
  /** The object and its result. */
  readonly objectKeys: readonly string[];
}

/** Rows outlive their file by this much, so that the scheduled run still finds what to delete. */
const RECORD_EXTRA_S = 7 * 86_400;

/** The imports of one company's drops and what is known of each object. */
export class ArrivalImportRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async findSource(source: string): Promise<SourceState | undefined> {
    const row = await this.#scope.table.get(arrivalSourceKey(this.#scope.empresaId, source), { consistent: true });
    return row === undefined ? undefined : sourceState.parse(row);
  }

  /** Takes the object for one version; false when a later one has it. */
  async claimSource(source: string, state: SourceState): Promise<boolean> {
    const item = { ...arrivalSourceKey(this.#scope.empresaId, source), ...state };
    const condition = {
      expression: 'attribute_not_exists(pk) OR version <= :mine',
      values: { ':mine': state.version },
    };
    try {
      await this.#scope.table.write({ kind: 'put', item, condition });
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return false;
      throw thrown;
    }
  }

  /** Record, state of the object and expiry together; nothing when a later version has taken the object. */
  async finish({ source, state, record, expiresAt, objectKeys }: ImportEnd): Promise<void> {
    const { empresaId, table } = this.#scope;
    const expires_at = Math.floor(expiresAt.getTime() / 1000) + RECORD_EXTRA_S;
    const expiry = { import_id: record.id, source, object_keys: objectKeys, expires_at };
    const condition = {
      expression: 'attribute_not_exists(pk) OR version <= :mine',
      values: { ':mine': state.version },
    };
    try {
      await table.transact([
        { kind: 'put', item: { ...arrivalSourceKey(empresaId, source), ...state, expires_at }, condition },
        { kind: 'put', item: { ...arrivalImportKey(empresaId, state.version, record.id), ...record, expires_at } },
        { kind: 'put', item: { ...arrivalExpiryKey(empresaId, expiresAt.toISOString(), record.id), ...expiry } },
      ]);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
    }
  }

  list(page: PageRequest): Promise<ListPage<ArrivalImport>> {
    return listNewest(this.#scope, arrivalImportPartition(this.#scope.empresaId), page, (item) =>
      arrivalImport.parse(item),
    );
  }

  async listExpired(now: Date): Promise<readonly ExpiredFile[]> {
    const pk = arrivalExpiryPartition(this.#scope.empresaId);
    const { items } = await this.#scope.table.query({ pk, to: now.toISOString() });
    return items.map((item) => expiredFile.parse(item));
  }

  async forgetExpired(file: ExpiredFile): Promise<void> {
    const pk = arrivalExpiryPartition(this.#scope.empresaId);
    await this.#scope.table.write({ kind: 'delete', key: { pk, sk: file.sk } });
  }
}
