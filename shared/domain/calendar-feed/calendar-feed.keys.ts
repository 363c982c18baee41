import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** A company's calendar feeds: `T#<empresa_id>#CALENDAR_FEED`. */
export function calendarFeedPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'CALENDAR_FEED');
}

/** One feed: `T#<empresa_id>#CALENDAR_FEED` / `FEED#<feed id>`; ids sort by creation. */
export function calendarFeedKey(empresaId: string, id: string): Key {
  return { pk: calendarFeedPartition(empresaId), sk: `FEED#${id}` };
}

/** The stays of a company's feeds: `T#<empresa_id>#CALENDAR_STAY`. */
export function calendarStayPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'CALENDAR_STAY');
}

/** Prefix of a feed's stays. */
export function staysOfFeed(feedId: string): string {
  return `${feedId}#`;
}

/** One stay of a feed: `T#<empresa_id>#CALENDAR_STAY` / `<feed id>#<stay id>`. */
export function calendarStayKey(empresaId: string, feedId: string, id: string): Key {
  return { pk: calendarStayPartition(empresaId), sk: `${staysOfFeed(feedId)}${id}` };
}
