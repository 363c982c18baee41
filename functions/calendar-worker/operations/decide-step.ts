import type { Booking, BookingOutline } from '../../../shared/domain/booking/booking.ts';
import { isActive } from '../../../shared/domain/booking/booking.ts';
import type { BookingChange } from '../../../shared/domain/booking/booking-writes.ts';
import { overlapping, type Stay } from '../../../shared/domain/booking/overlap.ts';
import type { KeptStay } from '../../../shared/domain/calendar-feed/kept-stay.ts';
import { type SyncStep, seenAgain } from '../../../shared/domain/calendar-feed/plan-sync.ts';
import type { SaidStay } from '../../../shared/domain/calendar-feed/said-stay.ts';
import { type Property, zoneOf } from '../../../shared/domain/property/property.ts';
import { localDateTime } from '../../../shared/platform/calendar/time-zone.ts';
import { bookingOfStay, cancelled, followed } from './feed-booking.ts';
import type { SyncDeps, SyncPlace } from './sync-deps.ts';

/** A step that may concern a booking. */
export type BookingStep = Extract<SyncStep, { readonly kind: 'book' | 'change' | 'cancel' }>;

/** What a step comes to: the booking's change, if any, and what is known of the stay from then on. */
export interface StepDecision {
  readonly change?: BookingChange;
  readonly wanted: KeptStay;
  /** True for a stay that was not known. */
  readonly isNew: boolean;
}

/** The calendar of the property as it stands, with the changes that were decided on before. */
export interface StandingCalendar {
  readonly property: Property;
  /** By booking. */
  readonly stays: Map<number, Stay & Pick<BookingOutline, 'source'>>;
  /** Bookings that are stays of this feed already. */
  readonly linked: ReadonlySet<number>;
}

/** Stays that are over are remembered so long, while a channel may go on listing them. */
const REMEMBERED_DAYS = 30;
const DAY_MS = 86_400_000;

/** Decides one step. @param nextId the number of a booking, should one be made */
export async function decideStep(
  deps: SyncDeps,
  place: SyncPlace,
  calendar: StandingCalendar,
  { step, nextId }: { readonly step: BookingStep; readonly nextId: () => Promise<number> },
): Promise<StepDecision> {
  if (step.kind === 'book') return booked(deps, place, calendar, { step, nextId });
  const { kept } = step;
  const wanted = step.kind === 'cancel' ? step.wanted : seenAgain(kept, step.said, place.today);
  const seen = kept.booking_id === null ? undefined : await deps.bookings.find(kept.booking_id);
  // What a person has deleted or taken elsewhere is theirs.
  if (seen === undefined || seen.property_id !== calendar.property.id) return { wanted, isNew: false };
  if (step.kind === 'cancel') {
    if (!isActive(seen)) return { wanted, isNew: false };
    return decided(calendar, { kind: 'update', seen, booking: cancelled(seen, deps.now) }, wanted);
  }
  const booking = followed(place, calendar.property, seen, [kept, wanted], deps.now);
  const met = overlapping(calendar.property, booking, calendar.stays.values());
  // What was known stays known, so that the next reading tries again.
  if (met !== undefined) return { wanted: { ...kept, met_booking: met.id }, isNew: false };
  return decided(calendar, { kind: 'update', seen, booking }, wanted);
}

function decided({ stays }: StandingCalendar, change: BookingChange, wanted: KeptStay, isNew = false): StepDecision {
  stays.set(change.booking.id, change.booking);
  return { change, wanted, isNew };
}

interface BookingWish {
  readonly step: Extract<SyncStep, { readonly kind: 'book' }>;
  readonly nextId: () => Promise<number>;
}

async function booked(
  deps: SyncDeps,
  place: SyncPlace,
  calendar: StandingCalendar,
  { step: { said, kept }, nextId }: BookingWish,
): Promise<StepDecision> {
  const stay = keptStayOf(deps, place, said, kept);
  const isNew = kept === undefined;
  const draft = bookingOfStay(place, calendar.property, said, deps.now);
  const held = await holderOfCode(deps, calendar.property, draft);
  if (held !== undefined) return { wanted: { ...stay, outcome: 'booked', booking_id: held, met_booking: null }, isNew };
  const met = overlapping(calendar.property, draft, calendar.stays.values());
  if (met !== undefined) return { wanted: await metStay(deps, place, calendar, { stay, met }), isNew };
  const id = await nextId();
  const wanted: KeptStay = { ...stay, outcome: 'booked', booking_id: id, met_booking: null };
  return decided(calendar, { kind: 'create', booking: { ...draft, id } }, wanted, isNew);
}

/** The booking of the property that has the same code of the same source: the very same stay, wherever it came from. */
async function holderOfCode({ bookings }: SyncDeps, { id }: Property, draft: Booking): Promise<number | undefined> {
  if (draft.external_code === '') return undefined;
  const holders = await bookings.listHoldersOf(draft);
  return holders.find(({ property_id }) => property_id === id)?.booking_id;
}

/**
 * A stay whose nights somebody has. The same nights from the same source, made by a feed that is gone, are the same
 * stay; the same nights from elsewhere are no conflict, because they are taken as they should be.
 */
async function metStay(
  { bookings }: SyncDeps,
  { companyZone, source }: SyncPlace,
  { property, linked }: StandingCalendar,
  { stay, met }: { readonly stay: KeptStay; readonly met: Stay & Pick<BookingOutline, 'source'> },
): Promise<KeptStay> {
  const dayOf = (instant: string) => localDateTime(new Date(instant), zoneOf(property, companyZone)).date;
  const isSame = dayOf(met.check_in_date) === stay.check_in && dayOf(met.check_out_date) === stay.check_out;
  if (!isSame) return { ...stay, outcome: 'conflict', met_booking: met.id };
  if (met.source === source && !linked.has(met.id)) {
    const found = await bookings.find(met.id);
    if (found?.created_via === 'system') return { ...stay, outcome: 'booked', booking_id: met.id, met_booking: null };
  }
  return { ...stay, outcome: 'covered', met_booking: met.id };
}

function keptStayOf(deps: SyncDeps, { feed }: SyncPlace, said: SaidStay, kept: KeptStay | undefined): KeptStay {
  return {
    ...said,
    id: kept?.id ?? deps.newStayId(),
    feed_id: feed.id,
    outcome: 'conflict',
    booking_id: null,
    met_booking: null,
    missing_since: null,
    missed: 0,
    may_be_cancelled: false,
    expires_at: (Date.parse(`${said.check_out}T00:00:00Z`) + REMEMBERED_DAYS * DAY_MS) / 1000,
    version: kept?.version ?? 1,
  };
}
