import type { Step } from '../actor.ts';

const STATUSES = ['pending', 'in-progress', 'completed', 'canceled'] as const;
const BOOKING_STATUSES = ['booked', 'confirmed', 'cancelled'] as const;

/** Changes that other things follow: turnovers, counts, notifications, events. */
export const MOVES: readonly Step[] = [
  {
    name: 'move task',
    weight: 5,
    async run(actor) {
      const thing = actor.some('task');
      if (thing === undefined) return;
      // Refused where the rules say so: the counts have to fit whatever came of it.
      await actor.write('POST', `/api/tasks/${thing.id}/set_status/`, { status: actor.random.pick(STATUSES) });
    },
  },
  {
    name: 'move booking',
    weight: 4,
    async run(actor) {
      const thing = actor.some('booking');
      if (thing === undefined) return;
      await actor.write('PATCH', `/api/bookings/${thing.id}/`, { status: actor.random.pick(BOOKING_STATUSES) });
    },
  },
  {
    name: 'read what was told',
    weight: 1,
    run: async (actor) => void (await actor.write('POST', '/api/notifications/mark-all-read/')),
  },
];
