import type { ChecklistResponse, StoredChecklist } from '../checklist/checklist.ts';
import { lackOf, timesOf } from '../checklist/checklist-progress.ts';
import type { TaskWithChecklist } from './task.repository.ts';
import { withChecklist } from './task-checklist.ts';
import type { TaskChange } from './task-writes.ts';

/** What people answer to an item of a checklist. */
export type ItemAnswer = {
  readonly [F in 'is_completed' | 'text_response' | 'number_response' | 'notes' | 'photo_ids']?:
    | ChecklistResponse[F]
    | undefined;
};

const LACKS = {
  photo: 'Add a photo of this item first.',
  text: 'Answer this item with a text first.',
  number: 'Answer this item with a number first.',
} as const;

/** What became of an answer: a change to be written, nothing to change, a refusal, or no such item. */
export type AnsweredItem =
  | { readonly kind: 'changed'; readonly change: TaskChange; readonly response: ChecklistResponse }
  | { readonly kind: 'unchanged'; readonly response: ChecklistResponse }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unknown' };

/**
 * Answers one item (`aristay.md` §7.3). Answers to different items never stand in each other's way; of two to the same
 * item the later one counts.
 * @param by the author's integer @param now UTC, whole seconds
 */
export function answerItem(
  { task, checklist }: TaskWithChecklist,
  responseId: number,
  answer: ItemAnswer,
  { by, now }: { readonly by: number | null; readonly now: string },
): AnsweredItem {
  const seen = checklist?.responses.find(({ id }) => id === responseId);
  if (checklist === undefined || seen === undefined) return { kind: 'unknown' };
  const given = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
  const answered: ChecklistResponse = { ...seen, ...given };
  if (JSON.stringify(answered) === JSON.stringify(seen)) return { kind: 'unchanged', response: seen };
  const lack = answered.is_completed ? lackOf(answered, answered.photo_ids.length) : undefined;
  if (lack !== undefined) return { kind: 'refused', message: LACKS[lack] };
  const response = stamped(seen, answered, { by, now });
  const responses = checklist.responses.map((other) => (other.id === responseId ? response : other));
  const wanted: StoredChecklist = { ...checklist, ...timesOf(checklist, responses, { by, now }), responses };
  return { kind: 'changed', change: withChecklist({ seen: task, task }, wanted, checklist), response };
}

/** Completing says when and by whom; undoing takes both away. */
function stamped(
  seen: ChecklistResponse,
  answered: ChecklistResponse,
  { by, now }: { readonly by: number | null; readonly now: string },
): ChecklistResponse {
  if (!answered.is_completed) return { ...answered, completed_at: null, completed_by: null };
  return seen.is_completed ? answered : { ...answered, completed_at: now, completed_by: by };
}
