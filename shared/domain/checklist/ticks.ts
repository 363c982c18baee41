import { momentOf, secondOf, withStamped } from '../task/stamp.ts';
import type { ChecklistResponse, Tick } from './checklist.ts';
import { lackOf } from './checklist-progress.ts';

/** Ticks of one blocking item that are kept; of other items the last is enough. */
const MOST_TICKS = 20;

/** The ticks of an item, the last one last; also of one that was ticked before ticks were kept. */
export function ticksOf({ ticks, is_completed, completed_at, completed_by }: ChecklistResponse): readonly Tick[] {
  if (ticks.length > 0 || !is_completed || completed_at === null) return ticks;
  return [{ completed: true, stamp: `${completed_at.slice(0, 19)}.000Z#`, by: completed_by }];
}

/** An item with a tick among the others where it belongs by its stamp. */
export function withTick(response: ChecklistResponse, tick: Tick): ChecklistResponse {
  const most = response.item.item_type === 'blocking' ? MOST_TICKS : 1;
  return { ...response, ticks: withStamped(ticksOf(response), tick).slice(-most) };
}

/**
 * An item as its last tick wants it: done, unless that tick undid it or still waits for its photo, text or number
 * (`aristay.md` §7.3).
 */
export function settled(response: ChecklistResponse): ChecklistResponse {
  const last = ticksOf(response).at(-1);
  if (last === undefined) return response;
  const done = last.completed && lackOf(response, response.photo_ids.length) === undefined;
  if (!done) return { ...response, is_completed: false, completed_at: null, completed_by: null };
  return { ...response, is_completed: true, completed_at: secondOf(last.stamp), completed_by: last.by };
}

/** Whether somebody ticked an item that still waits for its photo, text or number. */
export function isHeld(response: ChecklistResponse): boolean {
  return !response.is_completed && ticksOf(response).at(-1)?.completed === true;
}

/** Whether an item was ticked at an instant. @param moment UTC with milliseconds */
export function wasTicked(response: ChecklistResponse, moment: string): boolean {
  return ticksOf(response).findLast(({ stamp }) => momentOf(stamp) <= moment)?.completed === true;
}
