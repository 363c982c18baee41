import { daysBetween } from '../../platform/calendar/calendar-date.ts';
import { dayAt } from '../../platform/icalendar/calendar-moment.ts';
import type { CalendarEvent, ReadCalendar } from '../../platform/icalendar/read-calendar.ts';
import { channelOfFeed, type FeedChannel } from './feed-channel.ts';

/** A stay as a feed tells of it: occupied nights, and almost nothing of the guest (`integrations.md` §6.5). */
export interface SaidStay {
  readonly uid: string;
  /** The channel's own code (`HM…`), where the feed tells it. */
  readonly code: string | null;
  /** `YYYY-MM-DD`, on the property's calendar. */
  readonly check_in: string;
  readonly check_out: string;
  readonly status: 'confirmed' | 'pending' | 'cancelled';
  /** True where the channel writes bookings and blocks in the same words. */
  readonly needs_review: boolean;
  readonly guest_name: string | null;
  /** The last four digits of the guest's phone when it was booked. */
  readonly phone_last4: string | null;
  readonly reservation_url: string | null;
}

/** What a feed says. */
export interface SaidCalendar {
  readonly channel: FeedChannel;
  /** Bookings, each uid once. */
  readonly stays: readonly SaidStay[];
  /** Events that close days and bring nobody. */
  readonly blocks: number;
  /** Events that could not be used, and earlier ones of a uid that comes again. */
  readonly ignored: number;
}

/** A place's own, for reading a feed. */
export interface FeedPlace {
  /** Host of the feed's address. */
  readonly host: string;
  /** IANA zone of the property. */
  readonly zone: string;
  /** The service day of now. */
  readonly today: string;
  /** End of the uids that we write ourselves: what comes back of them is no news. */
  readonly ownUids: string;
}

/** Longer ones of a channel that does not tell are closures (`integrations.md` §6.3). */
const LONGEST_UNTOLD_STAY = 60;
/** A feed's last day is the end of what it opens for booking from so many days ahead on. */
const HORIZON_DAYS = 300;
const BLOCK_WORDS =
  /block|not available|unavailable|closed|no disponible|indisponible|nicht verfügbar|non disponibile/i;
const REPORTED_GUEST = /^CLOSED - (?!Not available)(.+)$/i;
const VRBO_BOOKING = /^\p{L}[\p{L} ]* - (.+)$/u;
const AIRBNB_CODE = /(?:reservations\/details\/|itinerary\?code=)([A-Z0-9]{6,20})/i;
const LONGEST_UID = 255;

/** Bookings and blocks of a feed, as far as its channel lets them be told apart (`integrations.md` §6.3). */
export function readSaid(calendar: ReadCalendar, place: FeedPlace): SaidCalendar {
  const { events, producer, unusable } = calendar;
  const channel = channelOfFeed({ host: place.host, producer, uid: events[0]?.uid ?? '' });
  const dated = events.flatMap((event): readonly DatedEvent[] => {
    const [check_in, check_out] = [dayAt(event.start, place.zone), dayAt(event.end, place.zone)];
    return check_in < check_out ? [{ event, check_in, check_out }] : [];
  });
  const foreign = dated.filter(({ event }) => !event.uid.endsWith(place.ownUids));
  const horizon = foreign.reduce((last, { check_out }) => (check_out > last ? check_out : last), '');
  // Of a uid that comes twice the last one stands.
  const byUid = new Map(foreign.map((each) => [each.event.uid.slice(0, LONGEST_UID), each]));
  const said = [...byUid].map(([uid, each]) => stayOf(channel, uid, each, { ...place, horizon }));
  const stays = said.filter((stay) => stay !== undefined);
  return { channel, stays, blocks: said.length - stays.length, ignored: unusable + events.length - byUid.size };
}

interface DatedEvent {
  readonly event: CalendarEvent;
  readonly check_in: string;
  readonly check_out: string;
}

interface Horizon {
  readonly today: string;
  readonly horizon: string;
}

/** Undefined for a block. */
function stayOf(
  channel: FeedChannel,
  uid: string,
  { event, check_in, check_out }: DatedEvent,
  around: Horizon,
): SaidStay | undefined {
  const told = TELLERS[channel](event, { check_in, check_out, ...around });
  if (told === undefined) return undefined;
  return {
    uid,
    code: null,
    check_in,
    check_out,
    status: statusOf(event),
    needs_review: false,
    guest_name: null,
    phone_last4: null,
    reservation_url: null,
    ...told,
  };
}

function statusOf({ status }: CalendarEvent): SaidStay['status'] {
  if (status === 'CANCELLED') return 'cancelled';
  return status === 'TENTATIVE' ? 'pending' : 'confirmed';
}

/** Tells what an event says beside its dates; undefined for a block. */
type Teller = (
  event: CalendarEvent,
  dates: Horizon & { readonly check_in: string; readonly check_out: string },
) => Partial<SaidStay> | undefined;

const TELLERS: Readonly<Record<FeedChannel, Teller>> = {
  airbnb({ summary, description, url }) {
    const text = `${description}\n${url}`;
    const [, code] = AIRBNB_CODE.exec(text) ?? [];
    if (code === undefined && (/not available/i.test(summary) || !/^reserved\b/i.test(summary))) return undefined;
    const [, digits] = /Last 4 Digits\):\s*(\d{4})\b/i.exec(description) ?? [];
    const [address] = /https:\/\/\S+/.exec(text) ?? [];
    return {
      code: code?.toUpperCase() ?? null,
      phone_last4: digits ?? null,
      reservation_url: address?.slice(0, 500) ?? null,
    };
  },
  vrbo({ summary }) {
    if (BLOCK_WORDS.test(summary)) return undefined;
    const [, name] = VRBO_BOOKING.exec(summary) ?? [];
    return name === undefined ? undefined : { guest_name: name.slice(0, 200) };
  },
  booking({ summary }, { check_in, check_out, today, horizon }) {
    const [, name] = REPORTED_GUEST.exec(summary) ?? [];
    if (name !== undefined) return { guest_name: name.slice(0, 200) };
    if (daysBetween(check_in, check_out) > LONGEST_UNTOLD_STAY) return undefined;
    if (check_out === horizon && daysBetween(today, check_out) >= HORIZON_DAYS) return undefined;
    return { needs_review: true };
  },
  other: ({ summary }) => (BLOCK_WORDS.test(summary) ? undefined : {}),
};
