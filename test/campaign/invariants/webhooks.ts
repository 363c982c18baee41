import { type Invariant, ofEveryTenant } from './invariant.ts';
import { wholeLog } from './whole-log.ts';

interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** The receiver knows each event of the log, as the log has it, and none that is not in it. */
export const webhooks: Invariant = {
  name: 'webhooks at least once, state equal to the log',
  check: (world) =>
    ofEveryTenant(world, async (tenant) => {
      const client = await world.signIn(tenant);
      const log = await wholeLog(client);
      const known = new Map<string, string>();
      for (const { path, headers, body } of world.receiver.received) {
        if (!path.endsWith(`/hooks-${tenant.canary}`)) continue;
        const { type, data } = JSON.parse(body) as Told;
        known.set(String(headers['webhook-id']), JSON.stringify({ type, data }));
      }
      const breaches: string[] = [];
      for (const { id, type, data } of log) {
        const heard = known.get(id);
        if (heard === undefined) breaches.push(`company ${tenant.at}: ${type} ${id} never arrived`);
        else if (heard !== JSON.stringify({ type, data }))
          breaches.push(`company ${tenant.at}: ${id} arrived as ${heard}`);
      }
      const strangers = [...known.keys()].filter((id) => !log.some((event) => event.id === id));
      breaches.push(...strangers.map((id) => `company ${tenant.at}: ${id} arrived and is in no log`));
      const deliveries = await client.listAll('/api/webhooks/deliveries/?status=pending');
      breaches.push(...deliveries.map(({ id }) => `company ${tenant.at}: ${id} is still to be delivered`));
      return { checked: log.length, breaches };
    }),
};
