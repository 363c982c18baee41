import type { ChecklistStanding } from '../task/task.ts';
import type { ChecklistResponse, StoredChecklist, TaskChecklist } from './checklist.ts';

/** How far a checklist is (`aristay.md` §7.2); all zeros without one. */
export interface ChecklistProgress {
  /** Whole percent, rounded down. */
  readonly percentage: number;
  readonly completed: number;
  readonly total: number;
  readonly remaining: number;
}

type Ticked = Pick<ChecklistResponse, 'is_completed' | 'item'>;

/** Required and optional items count alike. */
export function progressOf(responses: readonly Pick<ChecklistResponse, 'is_completed'>[]): ChecklistProgress {
  const completed = responses.filter(({ is_completed }) => is_completed).length;
  return progressOfCounts(completed, responses.length);
}

/** What a task keeps of its checklist. */
export function standingOf({
  template,
  responses,
}: Pick<StoredChecklist, 'template' | 'responses'>): ChecklistStanding {
  const { completed, total } = progressOf(responses);
  return { template, completed, total, blocking: responses.filter(isBlocking).length };
}

export function progressOfCounts(completed: number, total: number): ChecklistProgress {
  const percentage = total === 0 ? 0 : Math.floor((completed * 100) / total);
  return { percentage, completed, total, remaining: total - completed };
}

/** Whether a required blocking item is open: its task may not be completed (`aristay.md` §7.1). */
export function isBlocked(responses: readonly Ticked[]): boolean {
  return responses.some(isBlocking);
}

function isBlocking({ item, is_completed }: Ticked): boolean {
  return item.item_type === 'blocking' && item.is_required && !is_completed;
}

/** What an item still lacks before it may be ticked (`aristay.md` §7.3); undefined when nothing. */
export function lackOf(
  { item, text_response, number_response }: Pick<ChecklistResponse, 'item' | 'text_response' | 'number_response'>,
  photos: number,
): 'photo' | 'text' | 'number' | undefined {
  if (item.item_type === 'photo_required' && photos === 0) return 'photo';
  if (item.item_type === 'text_input' && text_response.trim() === '') return 'text';
  return item.item_type === 'number_input' && number_response === null ? 'number' : undefined;
}

/**
 * The times of a checklist once its responses are these: started with the first completed item, completed when every
 * required item is, and no longer when one is undone.
 * @param by who made the last change, null for the platform @param now UTC, whole seconds
 */
export function timesOf(
  checklist: Pick<TaskChecklist, 'started_at' | 'completed_at' | 'completed_by'>,
  responses: readonly Ticked[],
  { by, now }: { readonly by: number | null; readonly now: string },
): Pick<TaskChecklist, 'started_at' | 'completed_at' | 'completed_by'> {
  const begun = responses.some(({ is_completed }) => is_completed);
  const done = begun && responses.every(({ item, is_completed }) => is_completed || !item.is_required);
  const started_at = checklist.started_at ?? (begun ? now : null);
  if (!done) return { started_at, completed_at: null, completed_by: null };
  const { completed_at, completed_by } = checklist;
  if (completed_at !== null) return { started_at, completed_at, completed_by };
  return { started_at, completed_at: now, completed_by: by };
}
