import * as z from 'zod';
import { addDays } from '../../platform/calendar/calendar-date.ts';
import { instantOf, localDateTime } from '../../platform/calendar/time-zone.ts';
import { toUtcIso } from '../../platform/clock/clock.ts';
import { cutText } from '../../platform/text/cut-text.ts';
import type { Booking } from '../booking/booking.ts';
import { sourceSlug } from '../booking/booking-source.ts';
import { TASK_TYPES } from '../task/task.ts';

/** What a task's due date is counted from (`aristay.md` §6.10); `fixed_time` has none. */
export const TIMING_TYPES = ['before_checkin', 'after_checkout', 'fixed_time'] as const;

/** Days between a booking and its task at most. */
export const LONGEST_OFFSET = 365;

/**
 * Templates that make tasks of one booking at most: what changes with a booking has to fit the hundred rows of a
 * transaction, and a task that is brought back for its assignee writes nine.
 */
export const MOST_OF_A_BOOKING = 8;

/** When a task is due, by its booking. */
export const taskTiming = z.object({
  timing_type: z.enum(TIMING_TYPES),
  /** Days before check-in or after check-out. */
  timing_offset: z.int().min(0).max(LONGEST_OFFSET),
  /** `HH:MM` on the property's clocks; null for the hour of check-in or check-out. */
  timing_hour: z.string().nullable(),
});
export type TaskTiming = z.infer<typeof taskTiming>;

const id = z.int().positive();

/** Makes a task of every new booking that it is for (`aristay.md` §6.10). */
export const autoTaskTemplate = taskTiming.extend({
  id,
  name: z.string().min(1).max(100),
  is_active: z.boolean(),
  task_type: z.enum(TASK_TYPES),
  /** Texts with placeholders. */
  title_template: z.string().min(1).max(200),
  description_template: z.string(),
  /** Empty for all. */
  properties: z.array(id),
  /** Names of channels with commas between them; empty for all. */
  booking_sources: z.string(),
  /** The integer of a profile, with the user name, which never changes. */
  default_assignee: id.nullable(),
  default_assignee_username: z.string().nullable(),
  created_by: id.nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  /** Raised by every change. */
  version: id,
});
export type AutoTaskTemplate = z.infer<typeof autoTaskTemplate>;

/** The templates that make tasks of a booking, the oldest first. */
export function templatesFor(
  templates: readonly AutoTaskTemplate[],
  booking: Pick<Booking, 'property_id' | 'source'>,
): readonly AutoTaskTemplate[] {
  const source = sourceSlug(booking.source);
  return templates
    .filter(({ is_active }) => is_active)
    .filter(({ properties }) => properties.length === 0 || properties.includes(booking.property_id))
    .filter(({ booking_sources }) => {
      const wanted = sourcesIn(booking_sources);
      return wanted.length === 0 || wanted.includes(source);
    })
    .toSorted((a, b) => a.id - b.id)
    .slice(0, MOST_OF_A_BOOKING);
}

/** The slugs of a list of channels; blank ones are none. */
function sourcesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map(sourceSlug)
    .filter((slug) => slug !== '');
}

/** How many active templates, whatever their sources, the property has that has most of them. */
export function mostOnOneProperty(templates: readonly AutoTaskTemplate[]): number {
  const active = templates.filter(({ is_active }) => is_active);
  const general = active.filter(({ properties }) => properties.length === 0).length;
  const named = new Map<number, number>();
  for (const property of active.flatMap(({ properties }) => [...new Set(properties)])) {
    named.set(property, (named.get(property) ?? 0) + 1);
  }
  return general + Math.max(0, ...named.values());
}

/**
 * When a task is due: days are counted on the property's calendar, so that the hour stays when clocks change.
 * @param zone the property's
 * @returns UTC, whole seconds; null for a task without a due date, and where the calendar ends before it
 */
export function dueOf(
  { timing_type, timing_offset, timing_hour }: TaskTiming,
  { check_in_date, check_out_date }: Pick<Booking, 'check_in_date' | 'check_out_date'>,
  zone: string,
): string | null {
  if (timing_type === 'fixed_time') return null;
  const isBefore = timing_type === 'before_checkin';
  try {
    const { date, time } = localDateTime(new Date(isBefore ? check_in_date : check_out_date), zone);
    const day = addDays(date, isBefore ? -timing_offset : timing_offset);
    return toUtcIso(instantOf(day, timing_hour ?? time, zone));
  } catch (thrown) {
    // No booking is refused because a template counts beyond the year 9999.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** What placeholders stand for. */
export interface PlaceholderFacts {
  readonly booking: Pick<Booking, 'guest_name' | 'check_in_date' | 'check_out_date' | 'source' | 'external_code'>;
  readonly propertyName: string;
  /** The property's: dates are of its calendar. */
  readonly zone: string;
}

/**
 * A text with its placeholders filled in; unknown ones stay as typed.
 * @example filled('Prepare {property} for {guest_name} {vip}', facts) // 'Prepare Lake House for A. Guest {vip}'
 */
export function filled(text: string, { booking, propertyName, zone }: PlaceholderFacts): string {
  const dayOf = (instant: string) => localDateTime(new Date(instant), zone).date;
  const values: Readonly<Record<string, () => string>> = {
    property: () => propertyName,
    guest_name: () => booking.guest_name,
    check_in_date: () => dayOf(booking.check_in_date),
    check_out_date: () => dayOf(booking.check_out_date),
    source: () => booking.source,
    external_code: () => booking.external_code,
  };
  return text.replace(/\{([a-z_]+)\}/g, (typed, name: string) =>
    Object.hasOwn(values, name) ? (values[name]?.() ?? typed) : typed,
  );
}

const LONGEST_TITLE = 200;

/** Title and description of a task; one whose placeholders leave nothing is called as its template is. */
export function textsOf(
  template: Pick<AutoTaskTemplate, 'name' | 'title_template' | 'description_template'>,
  facts: PlaceholderFacts,
): { readonly title: string; readonly description: string } {
  const title = cutText(filled(template.title_template, facts).trim(), LONGEST_TITLE);
  return { title: title || template.name, description: filled(template.description_template, facts) };
}
