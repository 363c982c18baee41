import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskStatus } from '../../../shared/domain/task/task.ts';
import type { HeldTask } from '../../../shared/domain/turnover/plan-task.ts';
import { planTurnover } from '../../../shared/domain/turnover/plan-turnover.ts';
import type { FollowedBooking, Turnover } from '../../../shared/domain/turnover/turnover.ts';
import { breachOf } from '../../../shared/domain/turnover/turnover-gap.ts';

const BOOKINGS = 4;
const NOW = 6;
const NO_TEMPLATES = { templates_asked: true, template_tasks: [] };
const instant = (day: number) => `2026-06-${String(day).padStart(2, '0')}T09:00:00Z`;

/** A world of plain values, that changes as the store does: a booking, its turnover and its task at once or not at all. */
class World {
  readonly bookings = new Map<number, FollowedBooking>();
  readonly turnovers = new Map<number, Turnover>();
  readonly tasks = new Map<number, HeldTask & { readonly booking: number; readonly deleted: boolean }>();
  now = NOW;

  taskOf(booking: number): HeldTask | undefined {
    const task = this.tasks.get(this.turnovers.get(booking)?.task_id ?? 0);
    return task?.deleted ? undefined : task;
  }

  follow(booking: FollowedBooking, isLost: boolean): void {
    const seen = this.turnovers.get(booking.id);
    const { next, step } = planTurnover({ booking, seen, task: this.taskOf(booking.id), now: instant(this.now) });
    // The transaction does not come to pass: nothing of it stands.
    if (isLost) return;
    this.bookings.set(booking.id, booking);
    const { property_id, check_out_date: due_date } = booking;
    const task_id = step === 'make' ? this.tasks.size + 1 : next.task_id;
    this.turnovers.set(booking.id, { ...next, task_id, ...NO_TEMPLATES, version: 1 });
    if (step === undefined || task_id === null) return;
    const old = this.tasks.get(task_id);
    const fresh = { status: 'pending', is_locked_by_user: false, booking: booking.id, deleted: false } as const;
    const task = { ...(old ?? fresh), property_id, due_date };
    const status = { make: 'pending', restore: 'pending', withdraw: 'canceled', move: task.status } as const;
    this.tasks.set(
      task_id,
      step === 'withdraw' && old ? { ...old, status: 'canceled' } : { ...task, status: status[step] },
    );
  }

  /** What a person does to a task, without a look at the booking. */
  touch(booking: number, change: Partial<HeldTask & { deleted: boolean }>): void {
    const id = this.turnovers.get(booking)?.task_id ?? 0;
    const task = this.tasks.get(id);
    if (task !== undefined && !task.deleted) this.tasks.set(id, { ...task, ...change });
  }

  liveTasksOf(booking: number): number {
    return [...this.tasks.values()].filter(
      (task) => task.booking === booking && !task.deleted && task.status !== 'canceled',
    ).length;
  }
}

const which = fc.integer({ min: 1, max: BOOKINGS });
const day = fc.integer({ min: 1, max: 20 }).map(instant);
const fields = {
  property_id: fc.integer({ min: 1, max: 2 }),
  unit_id: fc.option(fc.integer({ min: 1, max: 2 })),
  check_out_date: day,
  status: fc.constantFrom<FollowedBooking['status']>('booked', 'owner_staying', 'cancelled', 'completed'),
  deleted_at: fc.option(fc.constant(instant(1)), { freq: 2, nil: null }),
};
const taskStatus = fc.constantFrom<TaskStatus>('pending', 'waiting_dependency', 'in-progress', 'completed', 'canceled');

/** Created, moved, extended, cancelled, deleted, brought back, made an owner's stay; some of it refused, some twice. */
const writing = fc.record({
  kind: fc.constant('write' as const),
  id: which,
  change: fc.record(fields, { requiredKeys: [] }),
  isLost: fc.boolean(),
  isTwice: fc.boolean(),
});
/** The guest of one booking goes on as another from some day on. */
const splitting = fc.record({ kind: fc.constant('split' as const), id: which, on: day });
const touching = fc.record({
  kind: fc.constant('touch' as const),
  id: which,
  change: fc.record(
    { status: taskStatus, is_locked_by_user: fc.boolean(), due_date: day, deleted: fc.constant(true) },
    { requiredKeys: [] },
  ),
});
const passing = fc.record({ kind: fc.constant('pass' as const) });
const step = fc.oneof(
  { weight: 6, arbitrary: writing },
  { weight: 1, arbitrary: splitting },
  { weight: 3, arbitrary: touching },
  { weight: 1, arbitrary: passing },
);

const FIRST = { property_id: 1, unit_id: null, status: 'booked', deleted_at: null } as const;

function run(world: World, taken: typeof step extends fc.Arbitrary<infer T> ? T : never): void {
  if (taken.kind === 'pass') world.now += 1;
  if (taken.kind === 'touch') world.touch(taken.id, taken.change);
  if (taken.kind === 'write') {
    const seen = world.bookings.get(taken.id) ?? { ...FIRST, id: taken.id, check_out_date: instant(NOW + 2) };
    for (let time = 0; time < (taken.isTwice ? 2 : 1); time += 1) {
      world.follow({ ...seen, ...taken.change }, taken.isLost);
    }
  }
  const seen = taken.kind === 'split' ? world.bookings.get(taken.id) : undefined;
  if (taken.kind !== 'split' || seen === undefined) return;
  world.follow({ ...seen, check_out_date: taken.on }, false);
  world.follow({ ...seen, id: BOOKINGS + world.bookings.size }, false);
}

/** Each check-out of a live booking has exactly one live task or a reason for none. */
function check(world: World): void {
  for (const booking of world.bookings.values()) {
    const [turnover, task] = [world.turnovers.get(booking.id), world.taskOf(booking.id)];
    const live = world.liveTasksOf(booking.id);
    expect(live).toBeLessThanOrEqual(1);
    const isGone = booking.deleted_at !== null || booking.status === 'cancelled';
    const isDismissed = turnover?.task_id !== null && turnover?.withdrawn === false;
    if (live === 0 && !isGone) expect(turnover?.reason === 'left_already' || isDismissed).toBe(true);
    expect(booking.deleted_at === null ? breachOf(booking, turnover, task) : undefined).toBeUndefined();
  }
}

describe('every check-out of a live booking has exactly one live task or a stated reason for none', () => {
  it('after any sequence of changes of bookings and tasks, refused and repeated ones included', () => {
    void fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const world = new World();
        for (const taken of steps) {
          run(world, taken);
          check(world);
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('a repeat changes nothing', () => {
    void fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const world = new World();
        for (const taken of steps) run(world, taken);
        for (const booking of world.bookings.values()) {
          world.follow(booking, false);
          const [before, tasks] = [new Map(world.turnovers), new Map(world.tasks)];
          world.follow(booking, false);
          expect([world.turnovers, world.tasks]).toEqual([before, tasks]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

const BOOKING: FollowedBooking = { ...FIRST, id: 1, check_out_date: instant(10) };
const ROW: Turnover = {
  ...{ booking_id: 1, property_id: 1, unit_id: null, check_out_date: instant(10), task_id: 5 },
  ...{ reason: null, withdrawn: false, flag: null, ...NO_TEMPLATES, version: 1 },
};
const TASK: HeldTask = { status: 'pending', is_locked_by_user: false, due_date: instant(10), property_id: 1 };
const planned = (booking: Partial<FollowedBooking>, task?: Partial<HeldTask>, seen?: Partial<Turnover>) => {
  const { next, step: taken } = planTurnover({
    booking: { ...BOOKING, ...booking },
    seen: seen && { ...ROW, ...seen },
    task: task && { ...TASK, ...task },
    now: instant(NOW),
  });
  return [taken, next.reason, next.flag, next.withdrawn];
};

describe('what a booking asks of its turnover', () => {
  it('a new one makes a task, that of an owner too; whoever has left needs none', () => {
    expect(planned({})).toEqual(['make', null, null, false]);
    expect(planned({ status: 'owner_staying' })).toEqual(['make', null, null, false]);
    expect(planned({ check_out_date: instant(1) })).toEqual([undefined, 'left_already', null, false]);
    expect(planned({ status: 'cancelled' })).toEqual([undefined, 'booking_cancelled', null, false]);
  });

  it('one that moves takes its task along, unless a person holds it or has begun it', () => {
    const moved = { check_out_date: instant(12) };
    expect(planned(moved, {}, {})).toEqual(['move', null, null, false]);
    expect(planned({ property_id: 2 }, {}, {})).toEqual(['move', null, null, false]);
    expect(planned(moved, { is_locked_by_user: true }, {})).toEqual([undefined, null, 'locked', false]);
    expect(planned(moved, { status: 'in-progress' }, {})).toEqual([undefined, null, 'begun', false]);
    expect(planned({ unit_id: 2 }, { is_locked_by_user: true }, {})).toEqual([undefined, null, 'locked', false]);
    // Back to where the locked task is: nothing is wrong any more.
    expect(planned({}, { is_locked_by_user: true }, { check_out_date: instant(12), flag: 'locked' })).toEqual([
      ...[undefined, null, null, false],
    ]);
  });

  it('one that goes withdraws its task, and brings it back with it', () => {
    expect(planned({ status: 'cancelled' }, {}, {})).toEqual(['withdraw', 'booking_cancelled', null, true]);
    expect(planned({ deleted_at: instant(1) }, {}, {})).toEqual(['withdraw', 'booking_deleted', null, true]);
    const withdrawn = { reason: 'booking_cancelled', withdrawn: true } as const;
    expect(planned({}, { status: 'canceled' }, withdrawn)).toEqual(['restore', null, null, false]);
    expect(planned({ status: 'cancelled' }, { is_locked_by_user: true }, {})).toEqual([
      ...[undefined, 'booking_cancelled', 'locked', false],
    ]);
  });

  it('a task that a person canceled or deleted stays away', () => {
    expect(planned({ check_out_date: instant(12) }, { status: 'canceled' }, {})).toEqual([
      ...[undefined, 'dismissed', null, false],
    ]);
    expect(planned({ check_out_date: instant(12) }, undefined, {})).toEqual([undefined, 'dismissed', null, false]);
  });
});

describe('what counts as a gap', () => {
  it('a check-out without a turnover, one that was not followed, a task that outlives its booking', () => {
    expect(breachOf(BOOKING, undefined, undefined)).toBe('missing');
    expect(breachOf(BOOKING, { ...ROW, task_id: null }, undefined)).toBe('missing');
    expect(breachOf(BOOKING, { ...ROW, withdrawn: true }, { ...TASK, status: 'canceled' })).toBe('missing');
    expect(breachOf({ ...BOOKING, check_out_date: instant(12) }, ROW, TASK)).toBe('not_followed');
    expect(breachOf({ ...BOOKING, status: 'cancelled' }, ROW, TASK)).toBe('not_withdrawn');
    expect(breachOf({ ...BOOKING, status: 'cancelled' }, { ...ROW, reason: 'booking_cancelled' }, TASK)).toBe(
      'not_withdrawn',
    );
    expect(breachOf(BOOKING, { ...ROW, reason: 'booking_cancelled' }, TASK)).toBe('not_followed');
    expect(breachOf(BOOKING, ROW, TASK)).toBeUndefined();
  });
});
