import type { Task, TaskStatus } from './task.ts';

/** Who may make a move: whoever may edit the task, or managers and admins alone. */
type Mover = 'editor' | 'manager';

/** Every move that there is (`aristay.md` §7.1); any other is refused. */
const MOVES: Readonly<Record<TaskStatus, Partial<Readonly<Record<TaskStatus, Mover>>>>> = {
  pending: { waiting_dependency: 'manager', 'in-progress': 'editor', completed: 'editor', canceled: 'manager' },
  waiting_dependency: { pending: 'manager', 'in-progress': 'editor', completed: 'manager', canceled: 'manager' },
  'in-progress': { pending: 'editor', waiting_dependency: 'manager', completed: 'editor', canceled: 'manager' },
  completed: { pending: 'manager', 'in-progress': 'editor' },
  canceled: { pending: 'manager' },
};

/** What stands against a move; undefined when nothing does. Staying is no move and always goes. */
export type MoveRefusal = 'no_such_move' | 'managers_only' | 'blocked';

/**
 * Whether a task may go from one status to another.
 * @param by `managing` for managers and admins; `blocked` while a required blocking item of its checklist is open
 */
export function refusalOfMove(
  from: TaskStatus,
  to: TaskStatus,
  by: { readonly managing: boolean; readonly blocked: boolean },
): MoveRefusal | undefined {
  if (from === to) return undefined;
  const mover = MOVES[from][to];
  if (mover === undefined) return 'no_such_move';
  if (mover === 'manager' && !by.managing) return 'managers_only';
  return to === 'completed' && by.blocked ? 'blocked' : undefined;
}

/** Whether somebody may move tasks to a status at all, from wherever that goes. */
export function mayEverMoveTo(to: TaskStatus, { managing }: { readonly managing: boolean }): boolean {
  return Object.values(MOVES).some((moves) => moves[to] === 'editor' || (managing && moves[to] === 'manager'));
}

/**
 * The status with the times that go with it: the first start stays, an end lasts as long as the status.
 * @param now UTC, whole seconds
 */
export function movedTo(
  { started_at, completed_at, status }: Pick<Task, 'status' | 'started_at' | 'completed_at'>,
  to: TaskStatus,
  now: string,
): Pick<Task, 'status' | 'started_at' | 'completed_at'> {
  if (to === status) return { status, started_at, completed_at };
  return {
    status: to,
    started_at: to === 'in-progress' ? (started_at ?? now) : started_at,
    completed_at: to === 'completed' ? now : null,
  };
}

/** Other spellings that clients send (`aristay.md` §7.1). */
const SPELLINGS: Readonly<Record<string, TaskStatus>> = { in_progress: 'in-progress', cancelled: 'canceled' };

/** A status as a client may write it, in the contract's spelling; any other text as it is. */
export function spelledStatus(text: string): string {
  const plain = text.trim().toLowerCase();
  return SPELLINGS[plain] ?? plain;
}
