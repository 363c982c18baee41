import { createHash } from 'node:crypto';
import { localDateTime } from '../../platform/calendar/time-zone.ts';
import { writeCalendar } from '../../platform/icalendar/write-calendar.ts';
import { type Booking, isActive, isDirect } from '../booking/booking.ts';

/** End of the uids that we write, whatever address we are reached by: what comes back with it is our own. */
export const OWN_UIDS = '@calendar.stay-ops';
const PRODUCER = '-//Stay Ops//Calendar 1.0//EN';

/** Whose calendar it is. */
export interface CalendarOwner {
  readonly empresaId: string;
  /** As people call the dwelling. */
  readonly name: string;
  /** IANA zone of the property. */
  readonly zone: string;
}

/**
 * The occupied nights of a dwelling for other channels, without a word of who stays there. What was imported from
 * somewhere is left out: it would come back as if it were new (`integrations.md` §6.3).
 *
 * @param bookings those of the dwelling's calendar
 */
export function unitCalendar(owner: CalendarOwner, bookings: readonly Booking[]): string {
  const own = bookings.filter((booking) => isActive(booking) && isOurOwn(booking));
  const dayOf = (instant: string) => localDateTime(new Date(instant), owner.zone).date;
  const events = own.flatMap((booking) => {
    const [from, until] = [dayOf(booking.check_in_date), dayOf(booking.check_out_date)];
    if (from >= until) return [];
    const summary = booking.status === 'owner_staying' ? 'Not available' : 'Reserved';
    return [{ uid: uidOf(owner, booking), stamp: new Date(booking.modified_at), from, until, summary }];
  });
  return writeCalendar({ producer: PRODUCER, name: owner.name, events });
}

/** Made with the owner, or typed in by a person. */
function isOurOwn(booking: Booking): boolean {
  return (
    isDirect(booking) || ((booking.created_via === 'manual' || booking.created_via === 'api') && !booking.import_id)
  );
}

/** Integers are each company's own, so the company is part of what is named. */
function uidOf({ empresaId }: CalendarOwner, { id }: Booking): string {
  return createHash('sha256').update(`${empresaId}\n${id}`).digest('hex').slice(0, 32) + OWN_UIDS;
}
