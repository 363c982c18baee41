import type { OfflineTaskRepository } from '../../../shared/domain/task/offline-task.repository.ts';
import type { LateChange } from '../../../shared/domain/task/stamp.ts';
import type { LateOutcome } from '../../../shared/domain/task/status-log.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import { changedTask as changedTaskAnswer, claimedTask, statusAnswer, taskDetail } from '../answers.ts';
import { responseAnswer, tickAnswer } from '../checklist-schemas.ts';
import type { ChangeBody } from '../schemas.ts';
import type { MadeAt, SyncOperation } from '../sync-schemas.ts';
import { deleteTask } from './act-on-task.ts';
import { answerItemLate, shownAnswer, shownTick, taskOfItem } from './answer-items.ts';
import { checkMayCreate, createTask } from './create-task.ts';
import { changedTask, editTaskLate } from './edit-task.ts';
import { readingInstants } from './read-edit.ts';
import { readTask } from './read-task.ts';
import { type FoundTask, invalidField, notFound, type TaskDeps, visibleTask } from './task-deps.ts';

export interface PerformDeps extends TaskDeps {
  /** The tasks that the caller's devices made while offline. */
  readonly offline: Pick<OfflineTaskRepository, 'find' | 'adding'>;
}

/** What an operation that was performed is answered with. */
interface Performed {
  readonly status: number;
  readonly outcome: LateOutcome;
  readonly body: Readonly<Record<string, unknown>> | null;
}

type OfKind<K extends SyncOperation['kind']> = Extract<SyncOperation, { readonly kind: K }>;

/**
 * Performs one operation of an offline device by the same rules as the call of its own, but for the order: it counts
 * for the time when it was made.
 * @throws AppError as the call of its own
 */
export async function performOperation(deps: PerformDeps, operation: SyncOperation): Promise<Performed> {
  switch (operation.kind) {
    case 'tick_item':
    case 'answer_item':
      return answerOf(deps, operation);
    case 'set_status': {
      const { status } = operation;
      const { task, outcome } = await edit(deps, operation, { status });
      return { status: 200, outcome, body: statusAnswer.parse(task) };
    }
    case 'edit_task': {
      const body = fieldsOf(operation);
      const { task, outcome } = await edit(deps, operation, body);
      return { status: 200, outcome, body: changedTaskAnswer.parse(changedTask(task, body)) };
    }
    case 'assign_to_me': {
      const { task, outcome } = await edit(deps, operation, { assigned_to: deps.actor.number });
      const body = { ...(await readTask(deps, task.id)), assigned_to: task.assigned_to_username };
      return { status: 200, outcome, body: claimedTask.parse(body) };
    }
    case 'delete_task':
      await deleteTask(deps, await taskOf(deps, operation));
      return { status: 204, outcome: 'applied', body: null };
    case 'create_task':
      return create(deps, operation);
  }
}

async function answerOf(deps: PerformDeps, operation: OfKind<'tick_item' | 'answer_item'>): Promise<Performed> {
  const { response: responseId } = operation;
  const found = await taskOfItem(deps, responseId);
  const late = await lateOf(deps, operation);
  if (operation.kind === 'tick_item') {
    const tick = { responseId, is_completed: operation.completed };
    const answered = await answerItemLate(deps, found, tick, late);
    return { status: 200, outcome: answered.outcome, body: tickAnswer.parse(shownTick(answered)) };
  }
  const { is_completed, text_response, number_response, notes } = operation;
  const given = { responseId, is_completed, text_response, number_response, notes };
  const answered = await answerItemLate(deps, found, given, late);
  return { status: 200, outcome: answered.outcome, body: responseAnswer.parse(shownAnswer(answered)) };
}

async function edit(deps: PerformDeps, operation: OfTask, body: ChangeBody) {
  const [found, late] = await Promise.all([taskOf(deps, operation), lateOf(deps, operation)]);
  return editTaskLate(deps, found, body, late);
}

/** Makes a task once for its key, however often the operation comes. */
async function create(deps: PerformDeps, operation: OfKind<'create_task'>): Promise<Performed> {
  const { key } = operation;
  await checkMayCreate(deps);
  const made = await deps.offline.find(key);
  if (made !== undefined) return created(deps, made);
  try {
    const task = await createTask(deps, fieldsOf(operation), (id) => [deps.offline.adding(key, id, deps.now)]);
    return { status: 201, outcome: 'applied', body: taskDetail.parse(task) };
  } catch (thrown) {
    const meanwhile = thrown instanceof TransactionRefused ? await deps.offline.find(key) : undefined;
    if (meanwhile === undefined) throw thrown;
    return created(deps, meanwhile);
  }
}

async function created(deps: PerformDeps, id: number): Promise<Performed> {
  return { status: 201, outcome: 'applied', body: taskDetail.parse(await readTask(deps, id)) };
}

interface OfTask {
  readonly key: string;
  readonly at: MadeAt;
  readonly task?: number | undefined;
  readonly task_key?: string | undefined;
}

/** What an operation says beside which one it is. */
function fieldsOf<O extends OfTask & { readonly kind: string }>(operation: O) {
  const { kind: _kind, key: _key, at: _at, task: _task, task_key: _taskKey, ...fields } = operation;
  return fields;
}

/** The task that an operation names. @throws AppError `not_found`, `forbidden`, `invalid` where it names none */
async function taskOf(deps: PerformDeps, { task, task_key }: OfTask): Promise<FoundTask> {
  if (task !== undefined) return visibleTask(deps, task);
  if (task_key === undefined) throw invalidField('task', 'This field is required.');
  const made = await deps.offline.find(task_key);
  if (made === undefined) throw notFound();
  return visibleTask(deps, made);
}

/** When an operation was made: by the device's clock, but never after it arrived. */
async function lateOf(deps: PerformDeps, { key, at }: Pick<OfTask, 'key' | 'at'>): Promise<LateChange> {
  const instant = await readingInstants(deps, [at.timestamp]);
  const made = `${instant(at.timestamp).slice(0, 19)}.${at.ms}Z`;
  const arrived = deps.now.toISOString();
  return { by: deps.actor.number, key, at: made < arrived ? made : arrived };
}
