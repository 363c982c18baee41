import { bookingCreated } from '../../../shared/domain/booking/booking-events.ts';
import { BookingRefused } from '../../../shared/domain/booking/booking-writer.repository.ts';
import type { BookingChange } from '../../../shared/domain/booking/booking-writes.ts';
import { changeBookings } from '../../../shared/domain/booking/change-bookings.ts';
import type { KeptStay } from '../../../shared/domain/calendar-feed/kept-stay.ts';
import type { SyncStep } from '../../../shared/domain/calendar-feed/plan-sync.ts';
import type { NewEvent } from '../../../shared/domain/event/event-types.ts';
import { type Property, zoneOf } from '../../../shared/domain/property/property.ts';
import { addDays } from '../../../shared/platform/calendar/calendar-date.ts';
import { instantOf } from '../../../shared/platform/calendar/time-zone.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { type BookingStep, decideStep, type StandingCalendar, type StepDecision } from './decide-step.ts';
import type { SyncDeps, SyncPlace } from './sync-deps.ts';

/** Stays of one transaction, where their bookings with all that follows from them fit it. */
const PORTION = 5;
/** Rows of a transaction, less the ends of two logs and the audit entry. */
const ROOM = 96;

/**
 * Takes over what a reading asks for, some stays to a transaction: each stands with its booking or not at all, so that
 * a reading that is broken off is continued by the next one.
 * @returns every stay as it is known afterwards, but those that the reading did not touch
 */
export async function takeSteps(
  deps: SyncDeps,
  place: SyncPlace,
  kept: readonly KeptStay[],
  steps: readonly SyncStep[],
): Promise<readonly KeptStay[]> {
  const forBookings = steps.filter((step) => step.kind !== 'note' && step.kind !== 'forget');
  const known: KeptStay[] = [];
  const linked = new Set(kept.flatMap(({ booking_id }) => booking_id ?? []));
  for (let at = 0; at < forBookings.length; at += PORTION) {
    const taken = await takeFitting(deps, place, forBookings.slice(at, at + PORTION), linked);
    known.push(...taken);
    for (const { booking_id } of taken) if (booking_id !== null) linked.add(booking_id);
  }
  const writes: Write[] = [];
  for (const step of steps) {
    if (step.kind === 'note') {
      writes.push(await deps.stays.keepingOf(step.wanted, false));
      known.push(step.wanted);
    }
    if (step.kind === 'forget') writes.push(deps.stays.forgettingOf(step.kept));
  }
  await deps.stays.writeAll(writes);
  return known;
}

interface Portion {
  readonly writes: readonly Write[];
  readonly known: readonly KeptStay[];
}

/** Takes a portion, or its halves one after the other where tasks of templates leave no room for all of it. */
async function takeFitting(
  deps: SyncDeps,
  place: SyncPlace,
  steps: readonly BookingStep[],
  linked: ReadonlySet<number>,
): Promise<readonly KeptStay[]> {
  try {
    return await takePortion(deps, place, steps, linked);
  } catch (thrown) {
    if (!(thrown instanceof BookingRefused) || thrown.refusal !== 'too_many') throw thrown;
  }
  const half = Math.ceil(steps.length / 2);
  const first = await takeFitting(deps, place, steps.slice(0, half), linked);
  const since = new Set([...linked, ...first.flatMap(({ booking_id }) => booking_id ?? [])]);
  return [...first, ...(await takeFitting(deps, place, steps.slice(half), since))];
}

async function takePortion(
  deps: SyncDeps,
  place: SyncPlace,
  steps: readonly BookingStep[],
  linked: ReadonlySet<number>,
): Promise<readonly KeptStay[]> {
  const numbers = new Map<BookingStep, number>();
  const numbered = (step: BookingStep) => async () => {
    // Taken once for all attempts.
    const id = numbers.get(step) ?? (await deps.nextIds(1));
    numbers.set(step, id);
    return id;
  };
  const { portion, isWritten } = await changeBookings(deps, [place.feed.property_id], async ([property]) => {
    // The next reading finds that the property is gone.
    if (property === undefined) return { changes: [], answer: { portion: NOTHING, isWritten: true } };
    const calendar = await standingCalendar(deps, place, property, { steps, linked });
    const decisions: StepDecision[] = [];
    for (const step of steps) decisions.push(await decideStep(deps, place, calendar, { step, nextId: numbered(step) }));
    const changes = decisions.flatMap(({ change }) => change ?? []);
    const portion = await portionOf(deps, decisions);
    const commit = committing(deps, place, property, { changes, portion });
    const created = changes.filter(({ kind }) => kind === 'create').length;
    const room = ROOM - portion.writes.length - created;
    return { changes, commit, room, answer: { portion, isWritten: changes.length > 0 } };
  });
  if (!isWritten) await deps.stays.writeAll(portion.writes);
  return portion.known;
}

const NOTHING: Portion = { writes: [], known: [] };

async function portionOf({ stays }: SyncDeps, decisions: readonly StepDecision[]): Promise<Portion> {
  const writes = await Promise.all(decisions.map(({ wanted, isNew }) => stays.keepingOf(wanted, isNew)));
  return { writes, known: decisions.map(({ wanted }) => wanted) };
}

/** Everything that may meet the stays of a portion, by one range. */
async function standingCalendar(
  { bookings }: SyncDeps,
  { companyZone }: SyncPlace,
  property: Property,
  { steps, linked }: { readonly steps: readonly BookingStep[]; readonly linked: ReadonlySet<number> },
): Promise<StandingCalendar> {
  const days = steps.flatMap((step) => {
    const ranges = [step.kind === 'cancel' ? undefined : step.said, step.kept];
    return ranges.flatMap((range) => (range === undefined ? [] : [range.check_in, range.check_out]));
  });
  const [first = '', last = ''] = [days.toSorted().at(0), days.toSorted().at(-1)];
  const zone = zoneOf(property, companyZone);
  const period = {
    from: toUtcIso(instantOf(first, '00:00', zone)),
    to: toUtcIso(instantOf(addDays(last, 1), '00:00', zone)),
  };
  const standing = await bookings.listStaying(property, period);
  return { property, stays: new Map(standing.map((stay) => [stay.id, stay])), linked };
}

function committing(
  deps: SyncDeps,
  { feed, companyZone }: SyncPlace,
  property: Property,
  { changes, portion }: { readonly changes: readonly BookingChange[]; readonly portion: Portion },
) {
  const told = changes.flatMap((change) =>
    change.kind === 'create'
      ? [bookingCreated(change.booking, { property, companyZone }, { origin: 'import', import_id: feed.id })]
      : [],
  );
  const idsOf = (wanted: (change: BookingChange) => boolean) =>
    changes
      .filter(wanted)
      .map(({ booking }) => booking.id)
      .join(', ');
  const isCancelled = ({ kind, booking }: BookingChange) => kind === 'update' && booking.status === 'cancelled';
  const cambios = {
    creadas: idsOf(({ kind }) => kind === 'create'),
    cambiadas: idsOf((change) => change.kind === 'update' && !isCancelled(change)),
    canceladas: idsOf(isCancelled),
  };
  const fact = { accion: 'calendario.aplicar', entidad: 'calendario', entidad_id: feed.id, cambios };
  const commit = deps.committing(fact, told);
  return (writes: readonly Write[], following: readonly NewEvent[], tasksMade: number) =>
    commit([...writes, ...portion.writes], following, tasksMade);
}
