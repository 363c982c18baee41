import type { StoredChecklist } from '../checklist/checklist.ts';
import { wasTicked } from '../checklist/ticks.ts';
import { directStamp, momentOf, type Stamp, secondOf, withStamped } from './stamp.ts';
import type { StatusLog, StatusMove, StatusStanding, Task, TaskStatus } from './task.ts';
import { movedTo, refusalOfMove } from './task-transitions.ts';

/** Moves of one task that are kept apart; older ones are its beginning, before which nothing is told any more. */
const MOST_MOVES = 50;

/** What became of a change that was told late: it stands, a later one stands instead, or it waits for what it lacks. */
export type LateOutcome = 'applied' | 'superseded' | 'held';

type Logged = Pick<Task, 'status' | 'started_at' | 'completed_at' | 'status_log'>;
type Checklist = Pick<StoredChecklist, 'responses'> | undefined;

/** The status with its times after a move that is made now, whoever is entitled to it. */
export function moved(task: Logged, to: TaskStatus, now: Date): Logged {
  if (to === task.status) return standingOf(task);
  const log = logOf(task);
  const stamp = directStamp(now, log.moves.at(-1)?.stamp);
  const moves = [...log.moves, { to, stamp, mover: 'direct' } as const];
  return { ...movedTo(task, to, secondOf(stamp)), status_log: shortened({ ...log, moves }, undefined) };
}

/**
 * The status with its times once a move that was made earlier is put into its place. All moves from there on are
 * judged again, so that the outcome is that of the moves and not of the order in which they arrived.
 * @param checklist whose blocking items may have been open when a task was completed
 */
export function movedLate(
  task: Logged,
  checklist: Checklist,
  move: StatusMove,
): { readonly task: Logged; readonly outcome: LateOutcome } {
  const log = logOf(task);
  const [first] = log.moves;
  if (log.moves.length >= MOST_MOVES && first !== undefined && move.stamp < first.stamp) {
    return { task: standingOf(task), outcome: 'superseded' };
  }
  const moves = [...withStamped(log.moves, move)];
  const status_log = shortened({ ...log, moves }, checklist);
  const { standing, last } = folded(status_log, checklist);
  return { task: { ...standing, status_log }, outcome: outcomeOf(move.stamp, last) };
}

/** The status with its times once its checklist is another: what it held back may go, and the other way round. */
export function rejudged(task: Logged, checklist: Checklist): Logged {
  if (task.status_log === null) return standingOf(task);
  return { ...folded(task.status_log, checklist).standing, status_log: task.status_log };
}

function outcomeOf(stamp: Stamp, last: Stamp | undefined): LateOutcome {
  if (last === stamp) return 'applied';
  return last !== undefined && last > stamp ? 'superseded' : 'held';
}

function standingOf({ status, started_at, completed_at, status_log }: Logged): Logged {
  return { status, started_at, completed_at, status_log };
}

function logOf({ status_log, status, started_at, completed_at }: Logged): StatusLog {
  return status_log ?? { from: { status, started_at, completed_at }, moves: [] };
}

/** Where the moves lead, each from where the one before has led, and the stamp of the last that took place. */
function folded(
  { from, moves }: StatusLog,
  checklist: Checklist,
): { readonly standing: StatusStanding; readonly last: Stamp | undefined } {
  let standing = from;
  let last: Stamp | undefined;
  for (const move of moves) {
    if (!takesPlace(standing, move, checklist)) continue;
    standing = movedTo(standing, move.to, secondOf(move.stamp));
    last = move.stamp;
  }
  return { standing, last };
}

function takesPlace({ status }: StatusStanding, { to, stamp, mover }: StatusMove, checklist: Checklist): boolean {
  if (mover === 'direct') return true;
  const blocked = to === 'completed' && wasBlocked(checklist, momentOf(stamp));
  return refusalOfMove(status, to, { managing: mover === 'manager', blocked }) === undefined;
}

/** Whether a required blocking item was open at an instant. */
function wasBlocked(checklist: Checklist, moment: string): boolean {
  return (checklist?.responses ?? []).some(
    (response) => response.item.item_type === 'blocking' && response.item.is_required && !wasTicked(response, moment),
  );
}

function shortened(log: StatusLog, checklist: Checklist): StatusLog {
  const surplus = log.moves.slice(0, Math.max(0, log.moves.length - MOST_MOVES));
  if (surplus.length === 0) return log;
  return {
    from: folded({ from: log.from, moves: surplus }, checklist).standing,
    moves: log.moves.slice(surplus.length),
  };
}
