import { toUtcIso } from '../../platform/clock/clock.ts';
import { ANSWER_FIELDS, type ChecklistResponse, type StoredChecklist } from '../checklist/checklist.ts';
import { lackOf, timesOf } from '../checklist/checklist-progress.ts';
import { isHeld, settled, ticksOf, withTick } from '../checklist/ticks.ts';
import { directStamp, type LateChange, lateStamp, lateTickStamp } from './stamp.ts';
import { type LateOutcome, rejudged } from './status-log.ts';
import type { TaskWithChecklist } from './task.repository.ts';
import { withChecklist } from './task-checklist.ts';
import type { TaskChange } from './task-writes.ts';

/** What people answer to an item of a checklist. */
export type ItemAnswer = {
  readonly [F in 'is_completed' | 'text_response' | 'number_response' | 'notes']?: ChecklistResponse[F] | undefined;
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

/** What became of an answer that was told late: nothing stands against it, at most it has to wait. */
export type LatelyAnsweredItem =
  | (Extract<AnsweredItem, { readonly kind: 'changed' | 'unchanged' }> & { readonly outcome: LateOutcome })
  | { readonly kind: 'unknown' };

/**
 * Answers one item (`aristay.md` §7.3). Answers to different items never stand in each other's way; of two to the same
 * item the later one counts.
 * @param by the author's integer
 */
export function answerItem(
  found: TaskWithChecklist,
  responseId: number,
  answer: ItemAnswer,
  { by, now }: { readonly by: number | null; readonly now: Date },
): AnsweredItem {
  const seen = found.checklist?.responses.find(({ id }) => id === responseId);
  if (seen === undefined) return { kind: 'unknown' };
  const written = withTexts(seen, answer, (before) => directStamp(now, before));
  const { is_completed: completed } = answer;
  const last = ticksOf(seen).at(-1);
  const ticked =
    completed === undefined || completed === (last?.completed ?? false)
      ? written
      : withTick(written, { completed, stamp: directStamp(now, last?.stamp), by });
  const wanted = completed ?? seen.is_completed;
  const lack = wanted ? lackOf(ticked, ticked.photo_ids.length) : undefined;
  if (lack !== undefined) return { kind: 'refused', message: LACKS[lack] };
  return answered(found, seen, ticked === written && !isHeld(ticked) ? ticked : settled(ticked), { by, now });
}

/**
 * Answers one item as a device says that somebody did it earlier: of each part of the answer the one that was made last
 * stands, whatever the order in which they arrive. A tick that lacks its photo, text or number waits for it.
 */
export function answerItemLate(
  found: TaskWithChecklist,
  responseId: number,
  answer: ItemAnswer,
  { late, now }: { readonly late: LateChange; readonly now: Date },
): LatelyAnsweredItem {
  const seen = found.checklist?.responses.find(({ id }) => id === responseId);
  if (seen === undefined) return { kind: 'unknown' };
  const stamp = lateStamp(late);
  const written = withTexts(seen, answer, (before) => (before === undefined || before < stamp ? stamp : undefined));
  const { is_completed: completed } = answer;
  const tick = completed === undefined ? undefined : { completed, stamp: lateTickStamp(late, completed), by: late.by };
  const ticked = tick === undefined ? written : withTick(written, tick);
  const response = ticked === seen ? seen : settled(ticked);
  const stands = tick !== undefined && ticksOf(response).at(-1)?.stamp === tick.stamp;
  const texts = ANSWER_FIELDS.some((field) => response.stamps[field] === stamp);
  const outcome = stands && isHeld(response) ? 'held' : stands || texts ? 'applied' : 'superseded';
  const result = answered(found, seen, response, { by: late.by, now });
  return result.kind === 'changed' || result.kind === 'unchanged' ? { ...result, outcome } : { kind: 'unknown' };
}

/** The item with those texts for which there is a stamp. */
function withTexts(
  seen: ChecklistResponse,
  answer: ItemAnswer,
  stampOf: (before: string | undefined) => string | undefined,
): ChecklistResponse {
  let response = seen;
  for (const field of ANSWER_FIELDS) {
    const value = answer[field];
    if (value === undefined) continue;
    const stamp = stampOf(seen.stamps[field]);
    if (stamp === undefined) continue;
    response = { ...response, [field]: value, stamps: { ...response.stamps, [field]: stamp } };
  }
  return response;
}

/** The change of the task that an answered item brings. */
function answered(
  { task, checklist }: TaskWithChecklist,
  seen: ChecklistResponse,
  response: ChecklistResponse,
  { by, now }: { readonly by: number | null; readonly now: Date },
): AnsweredItem {
  if (checklist === undefined) return { kind: 'unknown' };
  if (JSON.stringify(response) === JSON.stringify(seen)) return { kind: 'unchanged', response: seen };
  const responses = checklist.responses.map((other) => (other.id === response.id ? response : other));
  const times = timesOf(checklist, responses, { by, now: toUtcIso(now) });
  const wanted: StoredChecklist = { ...checklist, ...times, responses };
  const status = rejudged(task, wanted);
  const touched = status.status === task.status ? {} : { updated_at: toUtcIso(now), modified_by: by };
  const change = withChecklist({ seen: task, task: { ...task, ...status, ...touched } }, wanted, checklist);
  return { kind: 'changed', change, response };
}
