import { type ChecklistResponse, taskOfResponse } from '../../../shared/domain/checklist/checklist.ts';
import {
  type ChecklistProgress,
  progressOf,
  progressOfCounts,
} from '../../../shared/domain/checklist/checklist-progress.ts';
import {
  answerItem as answered,
  answerItemLate as answeredLate,
  type ItemAnswer,
} from '../../../shared/domain/task/answer-item.ts';
import type { LateChange } from '../../../shared/domain/task/stamp.ts';
import type { LateOutcome } from '../../../shared/domain/task/status-log.ts';
import type { TaskWithChecklist } from '../../../shared/domain/task/task.repository.ts';
import type { ResponseAnswer, ResponseBody, TickAnswer } from '../checklist-schemas.ts';
import { changeTask, editableTask, type FoundTask, invalidField, notFound, type TaskDeps } from './task-deps.ts';

/** The task of a response that a path names. @throws AppError `not_found`, `forbidden` unless the caller may edit it */
export async function taskOfItem(deps: TaskDeps, responseId: number): Promise<FoundTask> {
  const found = await editableTask(deps, taskOfResponse(responseId));
  if (!found.checklist?.responses.some(({ id }) => id === responseId)) throw notFound();
  return found;
}

/** Ticks an item or undoes it (C23). @throws AppError `invalid` while the item lacks its photo, text or number */
export async function tickItem(
  deps: TaskDeps,
  found: FoundTask,
  tick: { readonly responseId: number; readonly completed: boolean },
): Promise<TickAnswer> {
  return shownTick(await answer(deps, found, tick.responseId, { is_completed: tick.completed }));
}

/** A ticked item as C23 answers it. */
export function shownTick({ response, progress }: Answered): TickAnswer {
  const { is_completed: completed, completed_at } = response;
  return { success: true, completed, completed_at, progress };
}

/** Answers an item (C24). @throws AppError `invalid` as {@link tickItem} */
export async function answerItem(
  deps: TaskDeps,
  found: FoundTask,
  { responseId, ...body }: ResponseBody & { readonly responseId: number },
): Promise<ResponseAnswer> {
  return shownAnswer(await answer(deps, found, responseId, body));
}

/** An answered item as C24 answers it. */
export function shownAnswer({ response, progress }: Answered): ResponseAnswer {
  return { success: true, progress: progress.percentage, is_completed: response.is_completed };
}

/** An item after its answer, and how far its checklist is. */
interface Answered {
  readonly response: ChecklistResponse;
  readonly progress: ChecklistProgress;
}

/** Answers an item as a device says that somebody did earlier; a tick that lacks something waits for it. */
export async function answerItemLate(
  deps: TaskDeps,
  found: FoundTask,
  { responseId, ...given }: ItemAnswer & { readonly responseId: number },
  late: LateChange,
): Promise<Answered & { readonly outcome: LateOutcome }> {
  return changeTask(deps, found, (current) => {
    const result = answeredLate(current, responseId, given, { late, now: deps.now });
    if (result.kind === 'unknown') throw notFound();
    const { response, outcome } = result;
    if (result.kind === 'unchanged') return { answer: { response, outcome, progress: standing(current) } };
    const { change } = result;
    return { change, answer: { response, outcome, progress: progressOf(change.checklist?.wanted.responses ?? []) } };
  });
}

/** A tick is no administrative write: the checklist itself says who did it and when. */
async function answer(deps: TaskDeps, found: FoundTask, responseId: number, given: ItemAnswer) {
  const by = { by: deps.actor.number, now: deps.now };
  return changeTask(deps, found, (current) => {
    const result = answered(current, responseId, given, by);
    switch (result.kind) {
      case 'unknown':
        throw notFound();
      case 'refused':
        throw invalidField('non_field_errors', result.message);
      case 'unchanged':
        return { answer: { response: result.response, progress: standing(current) } };
      case 'changed': {
        const { change, response } = result;
        return { change, answer: { response, progress: progressOf(change.checklist?.wanted.responses ?? []) } };
      }
    }
  });
}

function standing({ task: { checklist } }: TaskWithChecklist) {
  return progressOfCounts(checklist?.completed ?? 0, checklist?.total ?? 0);
}
