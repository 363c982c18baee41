import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The runs of a company: `T#<empresa_id>#LATE_RUN`. */
export function lateRunPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'LATE_RUN');
}

/** One run: `T#<empresa_id>#LATE_RUN` / `<start instant>#<run id>`. */
export function lateRunKey(empresaId: string, startedAt: string, id: string): Key {
  return { pk: lateRunPartition(empresaId), sk: `${startedAt}#${id}` };
}

/** What was notified of a service day, in one row so that one condition guards all of it: `T#<empresa_id>#LATE_NOTIFIED` / `DAY#<YYYY-MM-DD>`. */
export function notifiedKey(empresaId: string, serviceDay: string): Key {
  return { pk: tenantPartition(empresaId, 'LATE_NOTIFIED'), sk: `DAY#${serviceDay}` };
}
