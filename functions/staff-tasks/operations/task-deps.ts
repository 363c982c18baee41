import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { BookingOutline } from '../../../shared/domain/booking/booking.ts';
import type { ChecklistTemplateRepository } from '../../../shared/domain/checklist/checklist-template.repository.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { NewEvent } from '../../../shared/domain/event/event-types.ts';
import type { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { NotificationRepository } from '../../../shared/domain/notification/notification.repository.ts';
import type { PhotoRepository } from '../../../shared/domain/photo/photo.repository.ts';
import type { PhotoView } from '../../../shared/domain/photo/photo-row.ts';
import type { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import { commitSaving, savingWrites, type ToldTaskChange, untilSaved } from '../../../shared/domain/task/save-tasks.ts';
import type { TaskRepository, TaskWithChecklist } from '../../../shared/domain/task/task.repository.ts';
import { mayEditTask, maySeeTask, type TaskViewer } from '../../../shared/domain/task/task-access.ts';
import type { TaskCountRepository } from '../../../shared/domain/task/task-count.repository.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

/** What the operations on a company's tasks are handed. */
export interface TaskDeps {
  readonly actor: Actor;
  readonly now: Date;
  readonly tasks: TaskRepository;
  readonly counts: TaskCountRepository;
  readonly templates: ChecklistTemplateRepository;
  readonly properties: PropertyRepository;
  readonly bookings: { findOutlines(ids: readonly number[]): Promise<readonly BookingOutline[]> };
  readonly company: { find(): Promise<Company | undefined> };
  readonly users: UserRepository;
  readonly notifications: NotificationRepository;
  readonly photos: Pick<PhotoRepository, 'listOfTask'>;
  /** How the company's photos are looked at. */
  readonly view: PhotoView;
  /** Takes consecutive integer ids and answers the first. */
  readonly nextIds: (entity: 'task' | 'checklist-template', count: number) => Promise<number>;
  /** Commits all or nothing with the events that follow, and with an entry in the audit trail where there is a fact. */
  readonly commit: (
    fact: AuditFact | undefined,
    writes: readonly Write[],
    events: readonly NewEvent[],
  ) => Promise<unknown>;
  /** Tells the workers of the work among writes that stand without {@link commit}. */
  readonly enqueue: (written: readonly Write[]) => Promise<void>;
}

export function notFound(): AppError {
  return new AppError('not_found', 'Not found.');
}

export function forbidden(): AppError {
  return new AppError('forbidden', 'Permission denied');
}

/** A problem with one field, or with the whole body. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

/** A task as the caller found it. */
export interface FoundTask extends TaskWithChecklist {
  readonly viewer: TaskViewer;
}

/** The task that a path names, as far as the caller may see it. @throws AppError `not_found`, `forbidden` */
export async function visibleTask(deps: TaskDeps, id: number): Promise<FoundTask> {
  const [found, viewer] = await Promise.all([deps.tasks.findWithChecklist(id), viewerOf(deps)]);
  if (found === undefined) throw notFound();
  if (!maySeeTask(viewer, found.task)) throw forbidden();
  return { ...found, viewer };
}

/** The task that a path names, as far as the caller may edit it. @throws AppError `not_found`, `forbidden` */
export async function editableTask(deps: TaskDeps, id: number): Promise<FoundTask> {
  const found = await visibleTask(deps, id);
  if (!mayEditTask(found.viewer, found.task)) throw forbidden();
  return found;
}

/** What somebody decided to do to a task; without `change` nothing is written. */
export interface TaskDecision<T> {
  readonly change?: ToldTaskChange;
  /** For the audit trail; absent where the task's own history tells enough. */
  readonly fact?: AuditFact;
  readonly answer: T;
}

/**
 * Lets `decide` look at a task and decide, and starts over when the task moved before it was written.
 * @param first the task as it was found just now
 * @throws AppError `not_found` when it is gone meanwhile, `unavailable` when it never stands still
 */
export async function changeTask<T>(
  deps: TaskDeps,
  first: FoundTask,
  decide: (found: FoundTask) => TaskDecision<T> | Promise<TaskDecision<T>>,
): Promise<T> {
  let found: FoundTask | undefined = first;
  return untilSaved(async () => {
    const current = found ?? (await visibleTask(deps, first.task.id));
    found = undefined;
    const { change, fact, answer } = await decide(current);
    if (change !== undefined) await saveChanges(deps, [change], fact);
    return answer;
  });
}

/**
 * Writes changes with all that follows from them.
 * @param along what else stands in the transaction
 * @throws TaskRefused, TransactionRefused when only a condition of `along` does not hold
 */
export async function saveChanges(
  deps: TaskDeps,
  changes: readonly ToldTaskChange[],
  fact: AuditFact | undefined,
  along: readonly Write[] = [],
): Promise<void> {
  const { actor, now, users: people } = deps;
  const author = { number: actor.number, username: actor.username };
  const saving = await savingWrites({ ...deps, people }, changes, { author, now });
  await commitSaving(saving, (writes, events) => deps.commit(fact, [...writes, ...along], events));
}
