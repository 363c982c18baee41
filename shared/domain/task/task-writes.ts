import type { DataKey } from '../../platform/crypto/sealed.ts';
import { ABSENT, type Condition, type Key, type Write } from '../../platform/dynamo/table.ts';
import { checklistKey } from '../checklist/checklist.keys.ts';
import type { StoredChecklist } from '../checklist/checklist.ts';
import { sealHistory, sealTask } from './sealed-task.ts';
import { dueIndexKey, taskDueKey, taskHistoryKey, taskKey, taskOriginKey, taskPersonKey } from './task.keys.ts';
import { isLive, isOpen, type StoredTask, type Task } from './task.ts';
import { type ToldChange, toldChanges } from './task-history.ts';

/**
 * One change of one task, as before and after. Without `seen` the task is new; deleting sets `deleted_at`. Whatever
 * changes a checklist or the photos of a task is a change of the task too, because the task carries how far they are.
 */
export interface TaskChange {
  readonly seen?: Task;
  /** Its version is set by what writes it. */
  readonly task: Task;
  /** The checklist that is attached or changed along. */
  readonly checklist?: { readonly seen?: StoredChecklist; readonly wanted: StoredChecklist };
  /** What the history tells beside what differs between before and after, e.g. of a photo. */
  readonly told?: readonly ToldChange[];
}

/** Why changes were refused. `changed`: not as it was read; `origin_taken`: booking and template have a task already. */
export type TaskRefusal = 'changed' | 'origin_taken' | 'other';

/** A write of a transaction with what it means when its condition does not hold. */
export interface GuardedWrite {
  readonly write: Write;
  readonly refusal: TaskRefusal;
}

/** Who changes, when. */
export interface ChangeOrigin {
  /** Null for the platform itself. */
  readonly username: string | null;
  /** UTC, whole seconds. */
  readonly at: string;
}

export interface WritingContext {
  readonly empresaId: string;
  /** The company's data key of purpose `guest-data`. */
  readonly key: DataKey;
}

/** A task after its change, as it will stand. */
export function versioned({ seen, task }: TaskChange): Task {
  return { ...task, version: (seen?.version ?? 0) + 1 };
}

/** Every row that one change of a task writes: the task, its copies by person and due date, its history, its checklist. */
export function writesOfTaskChange(
  context: WritingContext,
  change: TaskChange,
  origin: ChangeOrigin,
): readonly GuardedWrite[] {
  const { empresaId, key } = context;
  const { seen } = change;
  const task = versioned(change);
  const stored = sealTask(key, task);
  const condition = seen === undefined ? ABSENT : { expression: 'version = :seen', values: { ':seen': seen.version } };
  const index = isLive(task) ? dueIndexKey(empresaId, task) : {};
  return [
    guarded({ kind: 'put', item: { ...taskKey(empresaId, task.id), ...index, ...stored }, condition }),
    ...personWrites(empresaId, seen, stored),
    ...dueWrites(empresaId, seen, task),
    ...originWrites(empresaId, seen, task),
    ...historyWrites(context, change, origin),
    ...checklistWrites(empresaId, change),
  ];
}

function guarded(write: Write): GuardedWrite {
  return { write, refusal: 'changed' };
}

function deleting(key: Key): GuardedWrite {
  return guarded({ kind: 'delete', key });
}

/** Those who find the task among their own: who does it and who has made it. */
export function concernedPeople(task: Pick<Task, 'assigned_to' | 'created_by' | 'deleted_at'> | undefined) {
  if (task === undefined || !isLive(task)) return [];
  return [...new Set([task.assigned_to, task.created_by])].filter((person) => person !== null);
}

function personWrites(empresaId: string, seen: Task | undefined, stored: StoredTask): readonly GuardedWrite[] {
  const after = concernedPeople(stored);
  const gone = concernedPeople(seen).filter((person) => !after.includes(person));
  return [
    ...after.map((person) =>
      guarded({ kind: 'put', item: { ...taskPersonKey(empresaId, person, stored.id), ...stored } }),
    ),
    ...gone.map((person) => deleting(taskPersonKey(empresaId, person, stored.id))),
  ];
}

function dueWrites(empresaId: string, seen: Task | undefined, task: Task): readonly GuardedWrite[] {
  const [before, after] = [dueRow(empresaId, seen), dueRow(empresaId, task)];
  return [
    ...(before !== undefined && before.sk !== after?.sk ? [deleting({ pk: before.pk, sk: before.sk })] : []),
    ...(after === undefined ? [] : [guarded({ kind: 'put', item: after })]),
  ];
}

/** What counting overdue tasks needs to know of an open one. */
function dueRow(empresaId: string, task: Task | undefined) {
  if (task === undefined || !isLive(task) || !isOpen(task) || task.due_date === null) return undefined;
  const { id, due_date, status, task_type, assigned_to, created_by } = task;
  return { ...taskDueKey(empresaId, task), id, due_date, status, task_type, assigned_to, created_by };
}

function originOf(empresaId: string, task: Task | undefined): Key | undefined {
  if (task === undefined || !isLive(task)) return undefined;
  const { booking_id, created_by_template } = task;
  if (booking_id === null || created_by_template === null) return undefined;
  return taskOriginKey(empresaId, booking_id, created_by_template);
}

function originWrites(empresaId: string, seen: Task | undefined, task: Task): readonly GuardedWrite[] {
  const [before, after] = [originOf(empresaId, seen), originOf(empresaId, task)];
  if (before?.sk === after?.sk) return [];
  const own: Condition = { expression: 'task_id = :id', values: { ':id': task.id } };
  return [
    ...(before === undefined ? [] : [guarded({ kind: 'delete', key: before, condition: own })]),
    ...(after === undefined
      ? []
      : [
          {
            write: { kind: 'put', item: { ...after, task_id: task.id }, condition: ABSENT },
            refusal: 'origin_taken',
          } as const,
        ]),
  ];
}

function historyWrites({ empresaId, key }: WritingContext, change: TaskChange, origin: ChangeOrigin) {
  const told = [...toldChanges(change.seen, change.task), ...(change.told ?? [])];
  if (told.length === 0) return [];
  const task = versioned(change);
  const lines = told.map((line) => ({ at: origin.at, username: origin.username, ...line }));
  const row = { ...taskHistoryKey(empresaId, task.id, task.version), sealed: sealHistory(key, task.id, lines) };
  return [guarded({ kind: 'put', item: row })];
}

function checklistWrites(empresaId: string, { task, checklist }: TaskChange): readonly GuardedWrite[] {
  if (checklist === undefined) return [];
  const { seen, wanted } = checklist;
  const condition = seen === undefined ? ABSENT : { expression: 'version = :seen', values: { ':seen': seen.version } };
  const item = { ...checklistKey(empresaId, task.id), ...wanted, version: (seen?.version ?? 0) + 1 };
  return [guarded({ kind: 'put', item, condition })];
}
