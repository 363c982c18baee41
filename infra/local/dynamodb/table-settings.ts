import type { Store } from 'dynalite/db/index.js';
import * as tableNameRules from 'dynalite/validations/describeTable.js';
import type { Request } from 'dynalite/validations/index.js';
import { type Operation, type Rules, validate } from './actions.ts';
import { validationError } from './errors.ts';
import { readRecord, TEXT } from './records.ts';
import { describeTable, type TableStore } from './store.ts';

/** What DynamoDB keeps of a table beside its description and dynalite does not. */
export interface TableSettings {
  /** The attribute that holds, in seconds since the epoch, when an item expires. */
  readonly ttlAttribute?: string | undefined;
  readonly pointInTimeRecovery?: boolean;
}

const settingsKey = (table: string): string => `settings~${table}`;

/** The settings of a table, empty when none were made. */
export function readSettings(tables: Store, table: string): TableSettings {
  return readRecord<TableSettings>(tables.db, settingsKey(table)) ?? {};
}

/** Drops the settings of a table, so that a new table of the same name begins without. */
export async function forgetSettings(store: TableStore, table: string): Promise<void> {
  await store.commit([{ type: 'del', key: settingsKey(table) }]);
}

const structure = (name: string, children: Record<string, object>) => ({
  type: `FieldStruct<${name}>`,
  notNull: true,
  children,
});

const TTL_RULES: Rules = {
  types: {
    ...tableNameRules.types,
    TimeToLiveSpecification: structure('TimeToLiveSpecification', {
      AttributeName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 },
      Enabled: { type: 'Boolean', notNull: true },
    }),
  },
};

const BACKUP_RULES: Rules = {
  types: {
    ...tableNameRules.types,
    PointInTimeRecoverySpecification: structure('PointInTimeRecoverySpecification', {
      PointInTimeRecoveryEnabled: { type: 'Boolean', notNull: true },
    }),
  },
};

/** Time to live and continuous backups. The latter are only noted: nothing is backed up. */
export function settingsOperations(store: TableStore): Record<string, Operation> {
  const ask = async (body: unknown) => {
    const name = await existingTable(store, validate(tableNameRules, body, store.tables));
    return readSettings(store.tables, name);
  };
  return {
    DescribeTimeToLive: async (body) => ({ TimeToLiveDescription: ttlDescription(await ask(body)) }),
    DescribeContinuousBackups: async (body) => backupDescription(await ask(body)),
    UpdateTimeToLive: async (body) => {
      const request = validate(TTL_RULES, body, store.tables);
      const wanted = request.TimeToLiveSpecification as { AttributeName: string; Enabled: boolean };
      await change(store, await existingTable(store, request), (settings) => {
        refuseTtlWithoutEffect(settings, wanted);
        return { ...settings, ttlAttribute: wanted.Enabled ? wanted.AttributeName : undefined };
      });
      return { TimeToLiveSpecification: wanted };
    },
    UpdateContinuousBackups: async (body) => {
      const request = validate(BACKUP_RULES, body, store.tables);
      const wanted = request.PointInTimeRecoverySpecification as { PointInTimeRecoveryEnabled: boolean };
      const settings = await change(store, await existingTable(store, request), (before) => ({
        ...before,
        pointInTimeRecovery: wanted.PointInTimeRecoveryEnabled,
      }));
      return backupDescription(settings);
    },
  };
}

async function existingTable(store: TableStore, request: Request): Promise<string> {
  const table = await describeTable(store.tables, String(request.TableName));
  return table.TableName;
}

function change(
  store: TableStore,
  table: string,
  edit: (settings: TableSettings) => TableSettings,
): Promise<TableSettings> {
  return store.exclusive(async () => {
    const settings = edit(readSettings(store.tables, table));
    await store.commit([{ type: 'put', key: settingsKey(table), value: JSON.stringify(settings), ...TEXT }]);
    return settings;
  });
}

function refuseTtlWithoutEffect(settings: TableSettings, wanted: { AttributeName: string; Enabled: boolean }): void {
  const { ttlAttribute } = settings;
  if (wanted.Enabled && ttlAttribute !== undefined) throw validationError('TimeToLive is already enabled');
  if (!wanted.Enabled && ttlAttribute === undefined) throw validationError('TimeToLive is already disabled');
  if (!wanted.Enabled && ttlAttribute !== wanted.AttributeName) {
    throw validationError(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${ttlAttribute}`,
    );
  }
}

function ttlDescription({ ttlAttribute }: TableSettings): object {
  if (ttlAttribute === undefined) return { TimeToLiveStatus: 'DISABLED' };
  return { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute };
}

function backupDescription({ pointInTimeRecovery = false }: TableSettings): object {
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: pointInTimeRecovery ? 'ENABLED' : 'DISABLED' },
    },
  };
}
