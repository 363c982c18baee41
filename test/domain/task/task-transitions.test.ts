import { describe, expect, it } from 'vitest';
import { TASK_STATUSES, type TaskStatus } from '../../../shared/domain/task/task.ts';
import { movedTo, refusalOfMove, spelledStatus } from '../../../shared/domain/task/task-transitions.ts';

const NOW = '2026-06-01T10:00:00Z';
const NEVER = { started_at: null, completed_at: null } as const;

/** `aristay.md` §7.1, row by row: E any editor, M managers alone, - nobody. */
const TABLE: Readonly<Record<TaskStatus, string>> = {
  pending: '. M E E M',
  waiting_dependency: 'M . E M M',
  'in-progress': 'E M . E M',
  completed: 'M - E . -',
  canceled: 'M - - - .',
};
const CELLS = Object.entries(TABLE).flatMap(([from, row]) =>
  row.split(' ').map((cell, at) => [from as TaskStatus, TASK_STATUSES[at] as TaskStatus, cell] as const),
);
const REFUSED: Readonly<Record<string, { readonly member: unknown; readonly manager: unknown }>> = {
  '.': { member: undefined, manager: undefined },
  E: { member: undefined, manager: undefined },
  M: { member: 'managers_only', manager: undefined },
  '-': { member: 'no_such_move', manager: 'no_such_move' },
};

describe('a task', () => {
  it.each(CELLS)('from %s to %s is %s', (from, to, cell) => {
    const by = (managing: boolean) => refusalOfMove(from, to, { managing, blocked: false });
    expect({ member: by(false), manager: by(true) }).toEqual(REFUSED[cell]);
  });

  it('is not completed while a blocking item is open, by nobody', () => {
    expect(refusalOfMove('in-progress', 'completed', { managing: true, blocked: true })).toBe('blocked');
    expect(refusalOfMove('completed', 'completed', { managing: true, blocked: true })).toBeUndefined();
    expect(refusalOfMove('pending', 'in-progress', { managing: false, blocked: true })).toBeUndefined();
  });

  it('keeps its first start, and its end as long as it is completed', () => {
    const started = movedTo({ status: 'pending', ...NEVER }, 'in-progress', NOW);
    expect(started).toEqual({ status: 'in-progress', started_at: NOW, completed_at: null });
    const completed = movedTo(started, 'completed', '2026-06-01T11:00:00Z');
    expect(completed).toEqual({ status: 'completed', started_at: NOW, completed_at: '2026-06-01T11:00:00Z' });
    const reopened = movedTo(completed, 'in-progress', '2026-06-01T12:00:00Z');
    expect(reopened).toEqual({ status: 'in-progress', started_at: NOW, completed_at: null });
  });

  it('that stays what it is keeps its times', () => {
    const completed = { status: 'completed', started_at: null, completed_at: NOW } as const;
    expect(movedTo(completed, 'completed', '2026-06-01T12:00:00Z')).toEqual(completed);
  });

  it.each([
    [' In_Progress ', 'in-progress'],
    ['cancelled', 'canceled'],
    ['PENDING', 'pending'],
    ['on_hold', 'on_hold'],
  ])('status %j is read as %s', (text, status) => {
    expect(spelledStatus(text)).toBe(status);
  });
});
