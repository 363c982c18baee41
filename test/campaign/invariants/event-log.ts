import { eventKey } from '../../../shared/domain/event/event.keys.ts';
import { EventRepository, openEvents } from '../../../shared/domain/event/event.repository.ts';
import { systemClock } from '../../../shared/platform/clock/clock.ts';
import { tenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { type Invariant, ofEveryTenant } from './invariant.ts';

/** Numbers run from 1 to the head's without a gap, every event opens, and no id comes twice. */
export const eventLog: Invariant = {
  name: 'event log gap-free, 1..n',
  check: (world) =>
    ofEveryTenant(world, async ({ at, company }) => {
      const { table } = world.cloud;
      const scope = new TenantScope(table, company.id);
      const events = new EventRepository(scope);
      const head = await events.findHead();
      const rows = await events.listBetween(1, head.number, head.number, world.cloud.cloud.now());
      const opened = await openEvents(tenantKeys('alias/stay-ops-local', systemClock), scope, rows);
      const breaches: string[] = [];
      const numbers = opened.map(({ number }) => number);
      const gap = numbers.findIndex((number, place) => number !== place + 1);
      if (gap >= 0) breaches.push(`company ${at}: ${numbers[gap]} stands where ${gap + 1} should`);
      if (numbers.length !== head.number) breaches.push(`company ${at}: ${numbers.length} of ${head.number} events`);
      if (new Set(opened.map(({ id }) => id)).size !== opened.length) breaches.push(`company ${at}: an id twice`);
      const { pk, sk } = eventKey(company.id, head.number + 1);
      if ((await table.get({ pk, sk }, { consistent: true })) !== undefined)
        breaches.push(`company ${at}: beyond its head`);
      return { checked: head.number, breaches };
    }),
};
