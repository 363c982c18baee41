import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { type StoredTask, sealedPart, storedTask, type Task } from './task.ts';
import { type HistoryLine, historyLine } from './task-history.ts';

/** Parts texts and course from the rest and seals them. @param key the company's data key of purpose `guest-data` */
export function sealTask(key: DataKey, task: Task): StoredTask {
  const sealed = seal(key, `task/${task.id}`, JSON.stringify(sealedPart.parse(task)));
  return storedTask.parse({ ...task, sealed });
}

/** The task with its texts. @throws Error when the row was not sealed with this key */
export function openTask(key: DataKey, { sealed, ...rest }: StoredTask): Task {
  return { ...rest, ...sealedPart.parse(JSON.parse(open(key, `task/${rest.id}`, sealed))) };
}

const lines = z.array(historyLine);

/** Lines quote titles and descriptions, so they are sealed as those are. */
export function sealHistory(key: DataKey, taskId: number, told: readonly HistoryLine[]): string {
  return seal(key, `task-history/${taskId}`, JSON.stringify(told));
}

export function openHistory(key: DataKey, taskId: number, sealed: string): readonly HistoryLine[] {
  return lines.parse(JSON.parse(open(key, `task-history/${taskId}`, sealed)));
}
