import { describe, expect, it } from 'vitest';
import { fetchedAddress } from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import type { KeptStay } from '../../../shared/domain/calendar-feed/kept-stay.ts';
import { planSync, type SyncStep } from '../../../shared/domain/calendar-feed/plan-sync.ts';
import { waitUntilNextPoll } from '../../../shared/domain/calendar-feed/poll-schedule.ts';
import type { SaidStay } from '../../../shared/domain/calendar-feed/said-stay.ts';
import { givenKept, givenSaid } from '../../support/given-calendars.ts';

const NOW = new Date('2026-11-21T09:30:00Z');
const HOUR_MS = 3_600_000;
const AT = { now: NOW, today: '2026-11-21', lossesConfirmed: false };
const OTHER = { check_in: '2027-01-10', check_out: '2027-01-12' };
/** Another stay to come, so that a feed is not all empty. */
const [keptOther, saidOther] = [
  givenKept({ id: 'other', uid: 'other', ...OTHER }),
  givenSaid({ uid: 'other', ...OTHER }),
];

function steps(kept: readonly KeptStay[], said: readonly SaidStay[], at: Partial<typeof AT> = {}): readonly SyncStep[] {
  const plan = planSync([...kept, keptOther], [...said, saidOther], { ...AT, ...at });
  if (plan.kind === 'suspicious') throw new Error('suspicious');
  return plan.steps;
}

describe('what a feed says again', () => {
  it('changes nothing', () => {
    expect(steps([givenKept()], [givenSaid()])).toEqual([]);
  });

  it('is followed when its dates move under the same uid', () => {
    const moved = givenSaid({ check_in: '2026-12-05' });
    expect(steps([givenKept()], [moved])).toMatchObject([{ kind: 'change', kept: { id: 'stay_1' }, said: moved }]);
  });

  it.each([
    ['the code stays', { code: 'HM1' }, { code: 'HM1', check_in: '2027-02-01', check_out: '2027-02-03' }, 'change'],
    ['the nights stay', {}, {}, 'note'],
    ['the nights overlap', {}, { check_in: '2026-12-06', check_out: '2026-12-10' }, 'change'],
  ])('is the same stay under a new uid when %s', (_, kept, said, kind) => {
    const found = steps([givenKept(kept)], [givenSaid({ uid: 'new', ...said })]);
    expect(found.map((step) => step.kind)).toEqual([kind]);
  });

  it('is another stay when its code is another, whatever its nights', () => {
    const found = steps([givenKept({ code: 'HM1' })], [givenSaid({ uid: 'new', code: 'HM2' })]);
    expect(found.map(({ kind }) => kind)).toEqual(['book', 'note']);
  });

  it('never moves the beginning of a stay that has begun', () => {
    const kept = givenKept({ check_in: '2026-11-19', check_out: '2026-11-25' });
    const daily = givenSaid({ uid: 'of-today', check_in: '2026-11-21', check_out: '2026-11-25' });
    expect(steps([kept], [daily])).toMatchObject([
      { kind: 'note', wanted: { uid: 'of-today', check_in: '2026-11-19' } },
    ]);
  });

  it('is no news when it is over', () => {
    expect(steps([], [givenSaid({ check_in: '2026-11-15', check_out: '2026-11-21' })])).toEqual([]);
    const past = givenKept({ check_in: '2026-11-15', check_out: '2026-11-20' });
    expect(steps([past], [givenSaid({ check_in: '2026-11-15', check_out: '2026-11-19' })])).toEqual([]);
  });

  it('brings a cancelled stay back by its uid, and not by its nights alone', () => {
    const cancelled = givenKept({ status: 'cancelled' });
    expect(steps([cancelled], [givenSaid()]).map(({ kind }) => kind)).toEqual(['change']);
    expect(steps([cancelled], [givenSaid({ uid: 'new' })]).map(({ kind }) => kind)).toEqual(['book']);
  });

  it('tries again what others kept from being booked', () => {
    const met = givenKept({ outcome: 'conflict', booking_id: null, met_booking: 7 });
    expect(steps([met], [givenSaid()]).map(({ kind }) => kind)).toEqual(['book']);
  });
});

describe('what a feed lacks', () => {
  const missingFor = (hours: number, missed: number, wanted: Partial<KeptStay> = {}) =>
    givenKept({ missing_since: new Date(NOW.getTime() - hours * HOUR_MS).toISOString(), missed, ...wanted });

  it('is noted the first time', () => {
    expect(steps([givenKept()], [])).toMatchObject([
      { kind: 'note', wanted: { missed: 1, missing_since: NOW.toISOString(), status: 'confirmed' } },
    ]);
  });

  it.each([
    [23.9, 5, 'note'],
    [24, 0, 'note'],
    [24, 1, 'cancel'],
  ])('for %d hours, over %d readings before this one: %s', (hours, missed, kind) => {
    expect(steps([missingFor(hours, missed)], []).map((step) => step.kind)).toEqual([kind]);
  });

  it('on the day of its check-in is a question to a person, never a cancellation', () => {
    const today = { check_in: '2026-11-21', check_out: '2026-11-24' };
    expect(steps([missingFor(1.9, 9, today)], [])).toMatchObject([
      { kind: 'note', wanted: { may_be_cancelled: false } },
    ]);
    expect(steps([missingFor(48, 9, today)], [])).toMatchObject([{ kind: 'note', wanted: { may_be_cancelled: true } }]);
  });

  it('is not cancelled once the guest is in the house', () => {
    expect(steps([missingFor(48, 9, { check_in: '2026-11-20', check_out: '2026-11-24' })], [])).toEqual([]);
  });

  it('is cancelled at once when the feed says so, or a person does', () => {
    expect(steps([givenKept()], [givenSaid({ status: 'cancelled' })]).map(({ kind }) => kind)).toEqual(['cancel']);
    expect(steps([givenKept()], [], { lossesConfirmed: true }).map(({ kind }) => kind)).toEqual(['cancel']);
  });

  it('is forgotten when it never became a booking', () => {
    const met = givenKept({ outcome: 'covered', booking_id: null, met_booking: 7 });
    expect(steps([met], [])).toMatchObject([{ kind: 'forget' }]);
  });
});

describe('a feed that lacks too much is not believed', () => {
  const stays = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      uid: `u${at}`,
      check_in: `2027-03-${10 + at * 2}`,
      check_out: `2027-03-${11 + at * 2}`,
    }));
  const plan = (had: number, has: number, lossesConfirmed = false) => {
    const kept = stays(had).map((stay, at) => givenKept({ ...stay, id: `k${at}`, booking_id: at + 1 }));
    return planSync(
      kept,
      stays(has).map((stay) => givenSaid(stay)),
      { ...AT, lossesConfirmed },
    ).kind;
  };

  it.each([
    [1, 0, 'suspicious'],
    [3, 0, 'suspicious'],
    [3, 1, 'steps'],
    [4, 2, 'steps'],
    [4, 1, 'suspicious'],
    [9, 4, 'suspicious'],
    [0, 0, 'steps'],
  ])('%d stays to come, then %d: %s', (had, has, kind) => expect(plan(had, has)).toBe(kind));

  it('unless a person says that it is right', () => {
    expect(plan(4, 0, true)).toBe('steps');
  });

  it('and blocks do not stand for bookings: what is over or cancelled is not missed', () => {
    const over = givenKept({ check_in: '2026-11-01', check_out: '2026-11-05' });
    expect(planSync([over, givenKept({ id: 'c', status: 'cancelled' })], [], AT).kind).toBe('steps');
  });
});

describe('when a feed is read again', () => {
  it('forty to sixty minutes later, twice as late with each failure, twelve hours at most', () => {
    const minutes = (failures: number, random: number) => waitUntilNextPoll(failures, random) / 60_000;
    expect([minutes(0, 0), minutes(0, 1), minutes(1, 0), minutes(3, 0), minutes(50, 1)]).toEqual([
      40, 60, 80, 320, 720,
    ]);
  });

  it('no sooner than its server asks for, within a day', () => {
    expect(waitUntilNextPoll(0, 0, 5 * HOUR_MS)).toBe(5 * HOUR_MS);
    expect(waitUntilNextPoll(0, 0, 900 * HOUR_MS)).toBe(24 * HOUR_MS);
  });
});

describe('the address that is fetched', () => {
  it.each([
    ['webcal://www.vrbo.com/icalendar/0a.ics', 'https://www.vrbo.com/icalendar/0a.ics'],
    [' http://www.vrbo.com/icalendar/0a.ics ', 'https://www.vrbo.com/icalendar/0a.ics'],
    ['https://ical.booking.com/v1/export?t=1#x', 'https://ical.booking.com/v1/export?t=1'],
    ['http://127.0.0.1:9/x.ics', 'http://127.0.0.1:9/x.ics'],
  ])('%s', (pasted, fetched) => expect(fetchedAddress(pasted)).toBe(fetched));
});
