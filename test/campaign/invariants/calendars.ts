import { type Invariant, ofEveryTenant } from './invariant.ts';

/** Each stay that a channel told of is one booking. */
export const calendars: Invariant = {
  name: 'one booking for each stay of a calendar',
  check: (world) =>
    ofEveryTenant(world, async (tenant) => {
      const client = await world.signIn(tenant);
      await client.write(world.random, 'POST', `/api/calendar-feeds/${tenant.feed}/poll/`);
      await world.cloud.cloud.drain();
      const bookings = await client.listAll(`/api/bookings/?property=${tenant.feedProperty}`);
      const { told } = tenant.stays;
      const breaches =
        bookings.length === told ? [] : [`company ${tenant.at}: ${told} stays, ${bookings.length} bookings`];
      return { checked: told, breaches };
    }),
};
