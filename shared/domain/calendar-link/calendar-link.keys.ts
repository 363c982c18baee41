import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition, tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The addresses under which a company's calendars are read: `T#<empresa_id>#CALENDAR_LINK`. */
export function calendarLinkPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'CALENDAR_LINK');
}

/** One of them: `T#<empresa_id>#CALENDAR_LINK` / `LINK#<link id>`; ids sort by creation. */
export function calendarLinkKey(empresaId: string, id: string): Key {
  return { pk: calendarLinkPartition(empresaId), sk: `LINK#${id}` };
}

/** Whose calendar an address shows, on the whole platform: `P#CALENDAR#<digest of its token>` / `LOCK`. */
export function calendarLockKey(digest: string): Key {
  return { pk: platformPartition('CALENDAR', digest), sk: 'LOCK' };
}
