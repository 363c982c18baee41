import { setTimeout as delay } from 'node:timers/promises';
import { toUtcIso } from '../../platform/clock/clock.ts';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { NewEvent } from '../event/event-types.ts';
import type { User } from '../identity/user.ts';
import type { NewNotification } from '../notification/notification.ts';
import { changesStatus, eventsOf, type PhotoVerb, type TaskAuthor, toldOf } from './task-consequences.ts';
import type { ChangeOrigin, GuardedWrite, TaskChange, TaskRefusal } from './task-writes.ts';

/** Changes of tasks did not take place; nothing was written. */
export class TaskRefused extends Error {
  override readonly name = 'TaskRefused';
  readonly refusal: TaskRefusal;

  constructor(refusal: TaskRefusal) {
    super(`A change of a task was refused: ${refusal}`);
    this.refusal = refusal;
  }
}

/** A change with what its notifications tell beside it. */
export interface ToldTaskChange extends TaskChange {
  readonly photos?: readonly PhotoVerb[];
}

export interface TaskSavingDeps {
  readonly tasks: {
    writesOf(changes: readonly TaskChange[], origin: ChangeOrigin): Promise<readonly GuardedWrite[]>;
  };
  readonly people: { list(): Promise<readonly User[]> };
  readonly properties: { findMany(ids: readonly number[]): Promise<readonly { id: number; name: string }[]> };
  readonly notifications: {
    additionsOf(additions: readonly NewNotification[], now: Date): Promise<readonly Write[]>;
  };
}

/** Everything that changes of tasks bring, for one transaction. */
export interface TaskSaving {
  readonly guarded: readonly GuardedWrite[];
  readonly events: readonly NewEvent[];
}

/**
 * What is written for changes of tasks, by whatever path they come: rows and history, counts, notifications, events.
 * People and properties are looked up only where somebody hears of a change or an event names a property.
 */
export async function savingWrites(
  deps: TaskSavingDeps,
  changes: readonly ToldTaskChange[],
  by: { readonly author: TaskAuthor; readonly now: Date },
): Promise<TaskSaving> {
  const at = toUtcIso(by.now);
  const [rows, told, names] = await Promise.all([
    deps.tasks.writesOf(changes, { at, username: by.author?.username ?? null }),
    notificationsOf(deps, changes, by),
    namesOf(deps, changes),
  ]);
  const others = told.map((write): GuardedWrite => ({ write, refusal: 'other' }));
  const events = changes.flatMap((change) => {
    const { property_id } = change.task;
    const propertyName = property_id === null ? null : (names.get(property_id) ?? null);
    return eventsOf(change, { author: by.author, at, propertyName });
  });
  return { guarded: [...rows, ...others], events };
}

async function notificationsOf(
  { people, notifications }: TaskSavingDeps,
  changes: readonly ToldTaskChange[],
  { author, now }: { readonly author: TaskAuthor; readonly now: Date },
): Promise<readonly Write[]> {
  const told = changes.flatMap((change) => toldOf(change, author, change.photos));
  if (told.length === 0) return [];
  const known = new Map((await people.list()).filter(({ activo }) => activo).map(({ number, id }) => [number, id]));
  const additions = told.flatMap(({ person, ...addition }) => {
    const recipient = known.get(person);
    return recipient === undefined ? [] : [{ recipient, ...addition }];
  });
  return notifications.additionsOf(additions, now);
}

async function namesOf(
  { properties }: TaskSavingDeps,
  changes: readonly TaskChange[],
): Promise<ReadonlyMap<number, string>> {
  const ids = changes.filter(changesStatus).flatMap(({ task }) => task.property_id ?? []);
  if (ids.length === 0) return new Map();
  return new Map((await properties.findMany(ids)).map(({ id, name }) => [id, name]));
}

/**
 * Commits what {@link savingWrites} made.
 * @param commit writes all or nothing, with the events
 * @throws TaskRefused
 */
export async function commitSaving(
  { guarded, events }: TaskSaving,
  commit: (writes: readonly Write[], events: readonly NewEvent[]) => Promise<unknown>,
): Promise<void> {
  try {
    await commit(
      guarded.map(({ write }) => write),
      events,
    );
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused)) throw thrown;
    const refused = guarded.filter((_, position) => thrown.failed.includes(position));
    // A task that moved explains whatever else was refused.
    const first = refused.find(({ refusal }) => refusal === 'changed') ?? refused[0];
    throw first === undefined ? thrown : new TaskRefused(first.refusal);
  }
}

/** Times that a change starts over because the task moved: enough for fifty who tick one checklist at once. */
const ROUNDS = 60;
const LONGEST_WAIT_MS = 250;

/**
 * Reads, decides and writes, and starts over when a task is not as it was read.
 * @param attempt throws TaskRefused when it has to be tried anew
 * @throws AppError `unavailable` when the task never stands still @throws TaskRefused `origin_taken`
 */
export async function untilSaved<T>(attempt: () => Promise<T>): Promise<T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof TaskRefused) || thrown.refusal === 'origin_taken') throw thrown;
    }
    await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 10 * 2 ** round));
  }
  throw new AppError('unavailable', 'Too many changes at once. Try again.', { retryAfter: 1 });
}
