import type { KeptStay } from '../../shared/domain/calendar-feed/kept-stay.ts';
import type { SaidStay } from '../../shared/domain/calendar-feed/said-stay.ts';

/** A stay of a feed as it is kept. */
export function givenKept(wanted: Partial<KeptStay> = {}): KeptStay {
  return {
    ...givenSaid(),
    id: 'stay_1',
    feed_id: 'cal_1',
    outcome: 'booked',
    booking_id: 1,
    met_booking: null,
    missing_since: null,
    missed: 0,
    may_be_cancelled: false,
    expires_at: 4_000_000_000,
    version: 1,
    ...wanted,
  };
}

/** A stay as a feed tells of it. */
export function givenSaid(wanted: Partial<SaidStay> = {}): SaidStay {
  return {
    uid: 'uid-1',
    code: null,
    check_in: '2026-12-04',
    check_out: '2026-12-08',
    status: 'confirmed',
    needs_review: false,
    guest_name: null,
    phone_last4: null,
    reservation_url: null,
    ...wanted,
  };
}

/** One event of {@link calendarText}. */
export interface GivenEvent {
  readonly uid: string;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
  readonly summary?: string;
  readonly description?: string;
  readonly status?: string;
}

const PRODUCERS = {
  airbnb: '-//Airbnb Inc//Hosting Calendar 1.0//EN',
  booking: '-//admin.booking.com\\, b.v.//NONSGML v1.0//EN',
  vrbo: '-//HomeAway.com\\, Inc.//EN',
} as const;

/** A feed as a channel writes it. */
export function calendarText(channel: keyof typeof PRODUCERS, events: readonly GivenEvent[]): string {
  const lines = events.flatMap(({ uid, from, until, summary = 'Reserved', description, status }) => [
    'BEGIN:VEVENT',
    'DTSTAMP:20261121T093000Z',
    `DTSTART;VALUE=DATE:${from.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${until.replaceAll('-', '')}`,
    `SUMMARY:${summary}`,
    `UID:${uid}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${description}`]),
    ...(status === undefined ? [] : [`STATUS:${status}`]),
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:${PRODUCERS[channel]}`, ...lines, 'END:VCALENDAR', ''].join('\r\n');
}
