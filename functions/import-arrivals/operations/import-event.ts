import type { S3Event } from 'aws-lambda';
import { dropOf } from '../../../shared/domain/arrival-import/drop.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { type ImportDeps, importDrop } from './import-drop.ts';

export interface EventDeps extends ImportDeps {
  readonly table: Table;
}

/** S3 writes keys as a form would: `+` for a space, `%` escapes for the rest. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

/** One invocation: S3 puts one record into an event, but promises nothing. */
export async function importEvent(deps: EventDeps, event: S3Event): Promise<void> {
  for (const { eventTime, s3 } of event.Records) {
    const drop = dropOf(decodeKey(s3.object.key), eventTime, s3.object.sequencer);
    if (drop === undefined) deps.log.warn('IMPORT_IGNORED', { reason: 'key of no company' });
    else await importDrop(deps, new TenantScope(deps.table, drop.empresaId), drop);
  }
}
