import * as z from 'zod';
import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { calendarLinkPartition, calendarLockKey } from '../calendar-link/calendar-link.keys.ts';
import type { Holding } from './holding.ts';

/** Links listed at once. */
const PORTION = 250;
const PARALLEL_LINKS = 16;

const holder = z.object({ sk: z.string(), digest: z.string() });
type Holder = z.infer<typeof holder>;

/** The addresses of a company's calendars with their places in the platform's list, each freed before its row goes. */
export function calendarLinksHolding(scope: TenantScope): Holding {
  const query = { pk: calendarLinkPartition(scope.empresaId), limit: PORTION, consistent: true };
  return {
    name: 'CALENDAR_LINK',
    async first(through) {
      const { items } = await scope.table.query({ ...query, ...(through !== undefined && { to: through }) });
      const links = items.map((item) => holder.parse(item));
      const last = links.at(-1);
      if (last === undefined) return undefined;
      return {
        last: last.sk,
        filas: { CALENDAR_LINK: links.length, CALENDAR: links.length },
        remove: () => eachLimit(links, PARALLEL_LINKS, (each) => removeLink(scope, each)),
      };
    },
  };
}

/** A digest of 256 random bits is nobody else's ever. */
async function removeLink({ empresaId, table }: TenantScope, { sk, digest }: Holder): Promise<void> {
  await table.write({ kind: 'delete', key: calendarLockKey(digest) });
  await table.write({ kind: 'delete', key: { pk: calendarLinkPartition(empresaId), sk } });
}
