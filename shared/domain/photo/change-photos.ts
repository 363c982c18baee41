import { toUtcIso } from '../../platform/clock/clock.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { AuditFact } from '../audit/audit-entry.ts';
import type { StoredChecklist } from '../checklist/checklist.ts';
import { timesOf } from '../checklist/checklist-progress.ts';
import { isHeld, settled } from '../checklist/ticks.ts';
import type { NewEvent } from '../event/event-types.ts';
import {
  commitSaving,
  savingWrites,
  type TaskSavingDeps,
  type ToldTaskChange,
  untilSaved,
} from '../task/save-tasks.ts';
import type { Task } from '../task/task.ts';
import type { TaskAuthor } from '../task/task-consequences.ts';
import type { GuardedWrite } from '../task/task-writes.ts';
import type { PhotoChange, PhotoRepository, PhotosOfTask } from './photo.repository.ts';
import type { Photo } from './photo.ts';

export interface PhotoSavingDeps extends TaskSavingDeps {
  readonly photos: Pick<PhotoRepository, 'listOfTask' | 'writesOf'>;
  readonly tasks: TaskSavingDeps['tasks'] & {
    findWithChecklist(
      id: number,
    ): Promise<{ readonly task: Task; readonly checklist: StoredChecklist | undefined } | undefined>;
  };
  readonly author: NonNullable<TaskAuthor>;
  readonly now: Date;
  /** Commits all or nothing with an entry in the audit trail and the events that follow. */
  readonly commit: (fact: AuditFact, writes: readonly Write[], events: readonly NewEvent[]) => Promise<unknown>;
}

/** A task with its checklist and its photos, all as they are now. */
export interface PhotoScene extends PhotosOfTask {
  readonly task: Task;
  readonly checklist: StoredChecklist | undefined;
}

/** What somebody decided; without `change` nothing is written. */
export interface PhotoDecision<T> {
  readonly change?: PhotoChange;
  /** What it does to the task: its count, its history, who hears of it. */
  readonly task?: ToldTaskChange;
  readonly events?: readonly NewEvent[];
  /** What else stands in the transaction. */
  readonly along?: readonly Write[];
  readonly fact: AuditFact;
  readonly answer: T;
}

/**
 * Lets `decide` look at the photos of a task, writes what it decides, and starts over when something moved meanwhile.
 * @throws AppError `not_found` for a task that is gone, `unavailable` when it never stands still
 */
export async function changePhotos<T>(
  deps: PhotoSavingDeps,
  taskId: number,
  decide: (scene: PhotoScene) => PhotoDecision<T> | Promise<PhotoDecision<T>>,
): Promise<T> {
  return untilSaved(async () => {
    const [found, photos] = await Promise.all([deps.tasks.findWithChecklist(taskId), deps.photos.listOfTask(taskId)]);
    if (found === undefined) throw new AppError('not_found', 'Not found.');
    const { change, task, events = [], along = [], fact, answer } = await decide({ ...found, ...photos });
    if (change === undefined) return answer;
    const own = await deps.photos.writesOf(taskId, photos.album, change);
    const saving = await savingWrites(deps, task === undefined ? [] : [task], deps);
    const guarded = [...own, ...along].map((write): GuardedWrite => ({ write, refusal: 'changed' }));
    await commitSaving(
      { guarded: [...guarded, ...saving.guarded], events: [...saving.events, ...events] },
      (writes, all) => deps.commit(fact, writes, all),
    );
    return answer;
  });
}

/** The task as a change of its photos leaves it. */
export function touched(
  { author, now }: Pick<PhotoSavingDeps, 'author' | 'now'>,
  task: Task,
  photoCount = task.photo_count,
): Task {
  return { ...task, photo_count: photoCount, updated_at: toUtcIso(now), modified_by: author.number };
}

/** The checklist with a photo linked to a response of it, or no longer linked; undefined when nothing of it changes. */
export function relinked(
  { author, now }: Pick<PhotoSavingDeps, 'author' | 'now'>,
  checklist: StoredChecklist | undefined,
  { id: photoId, checklist_response: responseId }: Pick<Photo, 'id' | 'checklist_response'>,
  wanted: boolean,
): StoredChecklist | undefined {
  const response = checklist?.responses.find(({ id }) => id === responseId);
  if (checklist === undefined || response === undefined) return undefined;
  if (response.photo_ids.includes(photoId) === wanted) return undefined;
  const photo_ids = wanted ? [...response.photo_ids, photoId] : response.photo_ids.filter((id) => id !== photoId);
  const linked = { ...response, photo_ids };
  // A tick that was told before its photo has waited for it.
  const after = isHeld(linked) ? settled(linked) : linked;
  const responses = checklist.responses.map((each) => (each === response ? after : each));
  return { ...checklist, responses, ...timesOf(checklist, responses, { by: author.number, now: toUtcIso(now) }) };
}
