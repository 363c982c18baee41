import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, type Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { companyKey, companyPartition, settingsKey } from './company.keys.ts';
import { type Company, company, companyEmailTaken } from './company.ts';
import { type CompanyChanges, companyChangeWrites } from './company-changes.ts';
import {
  DEFAULT_NOTIFICACIONES_TARDIAS,
  type NotificacionesTardias,
  SETTINGS,
  type SettingsName,
  type SettingsOf,
} from './settings.ts';

/** The company with what its scheduled work needs to know. */
export interface CompanyAtWork {
  readonly company: Company;
  readonly lateCheckin: NotificacionesTardias;
}

/** The company with those of the wanted settings that it has saved. */
export interface CompanyWithSettings<N extends SettingsName> {
  readonly company: Company;
  readonly settings: { readonly [K in N]?: SettingsOf<K> };
}

/** Times that a change of settings starts over because another one was quicker. */
const SETTINGS_ROUNDS = 10;

/** One company and its settings. */
export class CompanyRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(): Promise<Company | undefined> {
    const row = await this.#scope.table.get(companyKey(this.#scope.empresaId), { consistent: true });
    return row === undefined ? undefined : company.parse(row);
  }

  /** Company and settings by one query; undefined when the company is gone. */
  async findAtWork(): Promise<CompanyAtWork | undefined> {
    const found = await this.findWithSettings('notificaciones_tardias');
    const { notificaciones_tardias: lateCheckin = DEFAULT_NOTIFICACIONES_TARDIAS } = found?.settings ?? {};
    return found && { company: found.company, lateCheckin };
  }

  /** The company with some of its settings, by one query; undefined when the company is gone. */
  async findWithSettings<N extends SettingsName>(...names: readonly N[]): Promise<CompanyWithSettings<N> | undefined> {
    const { empresaId, table } = this.#scope;
    const { items } = await table.query({ pk: companyPartition(empresaId), consistent: true });
    const rowOf = (sk: string) => items.find((item) => item.sk === sk);
    const row = rowOf(companyKey(empresaId).sk);
    if (row === undefined) return undefined;
    const settings: { [K in N]?: SettingsOf<K> } = {};
    for (const name of names) {
      const value = readSettings(name, rowOf(settingsKey(empresaId, name).sk));
      if (value !== undefined) settings[name] = value;
    }
    return { company: company.parse(row), settings };
  }

  /**
   * Changes what differs from `seen`; nothing is written where nothing does.
   * @param commit writes all of the writes or none, with the audit entry
   * @returns false when the company is not as it was seen any more, to be read and tried again
   * @throws AppError `conflict` when another company has the new address
   */
  async change(
    seen: Company,
    wanted: CompanyChanges,
    now: string,
    commit: (writes: readonly Write[]) => Promise<unknown>,
  ): Promise<boolean> {
    const writes = companyChangeWrites(seen, wanted, now);
    if (writes.length === 0) return true;
    try {
      await commit(writes);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
      if (thrown.failed.includes(1) && !thrown.failed.includes(0)) throw companyEmailTaken();
      return false;
    }
  }

  async settings<N extends SettingsName>(name: N): Promise<SettingsOf<N> | undefined> {
    return readSettings(
      name,
      await this.#scope.table.get(settingsKey(this.#scope.empresaId, name), { consistent: true }),
    );
  }

  /** The write that replaces the settings of one tool as a whole. */
  savingSettings<N extends SettingsName>(name: N, value: SettingsOf<N>): Write {
    return { kind: 'put', item: { ...settingsKey(this.#scope.empresaId, name), value } };
  }

  /**
   * Changes the settings of one tool from what they are, so that parallel changes keep each other (D-44).
   * @param commit writes all of the writes or none, with the audit entry
   * @returns the settings as changed
   * @throws AppError `unavailable` when others keep being quicker
   */
  async changeSettings<N extends SettingsName>(
    name: N,
    change: (seen: SettingsOf<N> | undefined) => SettingsOf<N>,
    commit: (writes: readonly Write[]) => Promise<unknown>,
  ): Promise<SettingsOf<N>> {
    const key = settingsKey(this.#scope.empresaId, name);
    for (let round = 0; round < SETTINGS_ROUNDS; round += 1) {
      const row = await this.#scope.table.get(key, { consistent: true });
      const value = change(readSettings(name, row));
      const version = Number(row?.version ?? 0);
      const condition = row === undefined ? ABSENT : unmovedFrom(version);
      try {
        await commit([{ kind: 'put', item: { ...key, value, version: version + 1 }, condition }]);
        return value;
      } catch (thrown) {
        if (!(thrown instanceof TransactionRefused)) throw thrown;
      }
    }
    throw new AppError('unavailable', 'Hay demasiados cambios a la vez. Vuelve a intentarlo.', { retryAfter: 1 });
  }
}

function readSettings<N extends SettingsName>(
  name: N,
  row: Record<string, unknown> | undefined,
): SettingsOf<N> | undefined {
  // The map and the name go together by construction, which the compiler cannot follow through the union.
  return row === undefined ? undefined : (SETTINGS[name].parse(row.value) as SettingsOf<N>);
}

/** Settings that were never changed but only replaced have no version. */
function unmovedFrom(version: number): Condition {
  const expression = version === 0 ? 'attribute_not_exists(version)' : 'version = :seen';
  return { expression, ...(version > 0 && { values: { ':seen': version } }) };
}
