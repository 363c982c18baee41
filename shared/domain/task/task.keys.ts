import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import { sortableId } from '../property/property.keys.ts';

/** Instants, UTC in whole seconds, both included. */
export interface InstantBounds {
  readonly gte?: string | undefined;
  readonly lte?: string | undefined;
}

/** The tasks of a company: `T#<empresa_id>#TASK`. */
export function taskPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TASK');
}

/** One task: `T#<empresa_id>#TASK` / `TASK#<task id>`. */
export function taskKey(empresaId: string, id: number): Key {
  return { pk: taskPartition(empresaId), sk: `TASK#${sortableId(id)}` };
}

/** Where a task stands among others by its due date: those without one before all others. */
interface Due {
  readonly id: number;
  readonly due_date: string | null;
}

function dueSegments({ id, due_date }: Due): string {
  return `${due_date ?? ''}#${sortableId(id)}`;
}

/** Index entry of a live task: `T#<empresa_id>#TASK` / `<due date>#<task id>`, read backwards for lists. */
export function dueIndexKey(empresaId: string, due: Due): { gsi1pk: string; gsi1sk: string } {
  return { gsi1pk: taskPartition(empresaId), gsi1sk: dueSegments(due) };
}

/** The part of the due-date index that holds tasks without a due date: a prefix. */
export const UNDATED = '#';

/** The part of the due-date index between two instants, both included: no task without a due date is in it. */
export function dueRange({ gte, lte }: InstantBounds): { from: string; to?: string } {
  return { from: gte ?? '0', ...(lte !== undefined && { to: `${lte}#~` }) };
}

/** Tasks by the people whom they concern: `T#<empresa_id>#TASK_PERSON`. */
export function personPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TASK_PERSON');
}

/** Prefix of the tasks that a person does or has made. @param person the integer of the profile */
export function tasksOfPerson(person: number): string {
  return `${sortableId(person)}#`;
}

/** A task as one person finds it: `T#<empresa_id>#TASK_PERSON` / `<person>#<task id>`. */
export function taskPersonKey(empresaId: string, person: number, id: number): Key {
  return { pk: personPartition(empresaId), sk: `${tasksOfPerson(person)}${sortableId(id)}` };
}

/** Open tasks with a due date: `T#<empresa_id>#TASK_DUE`. */
export function taskDuePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TASK_DUE');
}

/** An open task by its due date: `T#<empresa_id>#TASK_DUE` / `<due date>#<task id>`. */
export function taskDueKey(empresaId: string, due: Due): Key {
  return { pk: taskDuePartition(empresaId), sk: dueSegments(due) };
}

/** Histories of tasks: `T#<empresa_id>#TASK_HISTORY`. */
export function taskHistoryPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TASK_HISTORY');
}

/** Prefix of everything that became of a task. */
export function historyOfTask(id: number): string {
  return `${sortableId(id)}#`;
}

/** What one change of a task did: `T#<empresa_id>#TASK_HISTORY` / `<task id>#<version>`. */
export function taskHistoryKey(empresaId: string, id: number, version: number): Key {
  return { pk: taskHistoryPartition(empresaId), sk: `${historyOfTask(id)}${sortableId(version)}` };
}

/** The one live task of a booking and an automatic template: `T#<empresa_id>#TASK_ORIGIN` / `<booking>#<template>`. */
export function taskOriginKey(empresaId: string, bookingId: number, templateId: number): Key {
  const sk = `${sortableId(bookingId)}#${sortableId(templateId)}`;
  return { pk: tenantPartition(empresaId, 'TASK_ORIGIN'), sk };
}

/** The task that a device made while offline: `T#<empresa_id>#TASK_OFFLINE` / `<user_id>#<key>`. @param key the device's */
export function offlineTaskKey(empresaId: string, userId: string, key: string): Key {
  return { pk: tenantPartition(empresaId, 'TASK_OFFLINE'), sk: `${userId}#${key}` };
}

/** Counts of tasks: `T#<empresa_id>#TASK_COUNT`. */
export function taskCountPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TASK_COUNT');
}

/** How many tasks there are, of all or of one person: `T#<empresa_id>#TASK_COUNT` / `ALL` or `PERSON#<person>`. */
export function taskCountKey(empresaId: string, subject: 'ALL' | number): Key {
  const sk = subject === 'ALL' ? 'ALL' : `PERSON#${sortableId(subject)}`;
  return { pk: taskCountPartition(empresaId), sk };
}
