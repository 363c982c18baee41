import { describe, expect, it } from 'vitest';
import type { TaskTiming } from '../../../shared/domain/auto-task/auto-task-template.ts';
import type { HeldTask } from '../../../shared/domain/turnover/plan-task.ts';
import { type BookingOfTemplates, planTemplateTask } from '../../../shared/domain/turnover/plan-template-task.ts';
import type { TemplateTask, Turnover } from '../../../shared/domain/turnover/turnover.ts';

const NOW = '2026-06-06T09:00:00Z';
const on = (day: number) => `2026-06-${String(day).padStart(2, '0')}T15:00:00Z`;
const TIMING: TaskTiming = { timing_type: 'before_checkin', timing_offset: 1, timing_hour: null };
const BOOKING: BookingOfTemplates = {
  ...{ property_id: 1, check_in_date: on(10), check_out_date: on(15), status: 'booked', deleted_at: null },
};
const ENTRY: TemplateTask = {
  ...{ ...TIMING, template_id: 7, task_id: 70, due_date: on(9), withdrawn: false, flag: null },
};
const TASK: HeldTask = { status: 'pending', is_locked_by_user: false, due_date: on(9), property_id: 1 };

interface Case {
  readonly booking?: Partial<BookingOfTemplates>;
  readonly timing?: Partial<TaskTiming>;
  readonly entry?: Partial<TemplateTask>;
  readonly row?: Partial<Pick<Turnover, 'property_id' | 'reason'>>;
  readonly task?: Partial<HeldTask> | 'deleted';
}

/** Step, due date, flag and whether it is withdrawn; without an entry the task is to be made. */
function planned({ booking, timing, entry, row, task }: Case) {
  const wanted = { ...TIMING, ...timing };
  const { step, due_date, flag, withdrawn } = planTemplateTask({
    booking: { ...BOOKING, ...booking },
    timing: wanted,
    zone: 'UTC',
    seen: entry && { row: { property_id: 1, reason: null, ...row }, entry: { ...ENTRY, ...wanted, ...entry } },
    task: entry === undefined || task === 'deleted' ? undefined : { ...TASK, ...task },
    now: NOW,
  });
  return [step, due_date, flag, withdrawn];
}

describe('what a booking asks of the task of a template', () => {
  it('is made, though it is late, as long as the stay or its own time is to come', () => {
    expect(planned({})).toEqual(['make', on(9), null, false]);
    expect(planned({ booking: { check_in_date: on(6) } })).toEqual(['make', on(5), null, false]);
    const over = { check_in_date: on(1), check_out_date: on(5) };
    expect(planned({ booking: over })).toEqual([undefined, '2026-05-31T15:00:00Z', null, false]);
    const after = { timing_type: 'after_checkout', timing_offset: 3 } as const;
    expect(planned({ booking: over, timing: after })).toEqual(['make', on(8), null, false]);
    expect(planned({ booking: over, timing: { timing_type: 'fixed_time' } })).toEqual([undefined, null, null, false]);
    expect(planned({ booking: { status: 'cancelled' } })).toEqual([undefined, on(9), null, false]);
  });

  it('stays when nothing has moved, whatever time a person gave it', () => {
    expect(planned({ entry: {} })).toEqual([undefined, on(9), null, false]);
    expect(planned({ entry: {}, task: { due_date: on(8) } })).toEqual([undefined, on(9), null, false]);
    expect(planned({ entry: {}, booking: { check_out_date: on(20) } })).toEqual([undefined, on(9), null, false]);
  });

  it('moves with the date that it is counted from and with the property', () => {
    const later = { check_in_date: on(12) };
    expect(planned({ entry: {}, booking: later })).toEqual(['move', on(11), null, false]);
    expect(planned({ entry: {}, booking: later, task: { due_date: on(8) } })).toEqual(['move', on(11), null, false]);
    expect(planned({ entry: {}, booking: { property_id: 2 } })).toEqual(['move', on(9), null, false]);
    const timeless = { timing_type: 'fixed_time' } as const;
    expect(planned({ entry: { due_date: null }, timing: timeless, booking: later })).toEqual([
      ...[undefined, null, null, false],
    ]);
  });

  it.each([
    ['locked', { is_locked_by_user: true }],
    ['begun', { status: 'in-progress' }],
    ['begun', { status: 'completed' }],
  ] as const)('is flagged %s and left alone while a person holds it', (flag, task) => {
    expect(planned({ entry: {}, booking: { check_in_date: on(12) }, task })).toEqual([undefined, on(11), flag, false]);
    const cancelled = planned({ entry: {}, booking: { status: 'cancelled' }, task });
    expect(cancelled).toEqual([undefined, on(9), 'status' in task && task.status === 'completed' ? null : flag, false]);
  });

  it('goes with the booking and comes back with it, unless a person did away with it', () => {
    expect(planned({ entry: {}, booking: { status: 'cancelled' } })).toEqual(['withdraw', on(9), null, true]);
    expect(planned({ entry: {}, booking: { deleted_at: NOW } })).toEqual(['withdraw', on(9), null, true]);
    const gone = { task: { status: 'canceled' }, row: { reason: 'booking_cancelled' } } as const;
    expect(planned({ ...gone, entry: { withdrawn: true } })).toEqual(['restore', on(9), null, false]);
    expect(planned({ ...gone, entry: {} })).toEqual([undefined, on(9), null, false]);
    expect(planned({ entry: {}, task: 'deleted', booking: { check_in_date: on(12) } })).toEqual([
      ...[undefined, on(11), null, false],
    ]);
  });
});
