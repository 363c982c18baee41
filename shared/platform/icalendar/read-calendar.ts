import { type CalendarMoment, later, readDuration, readMoment } from './calendar-moment.ts';
import { type ContentLine, contentLines, plainText } from './content-line.ts';

/** An event as far as somebody who lets dwellings needs it. */
export interface CalendarEvent {
  readonly uid: string;
  readonly start: CalendarMoment;
  /** The moment after it: for days, the day on which the guest leaves. */
  readonly end: CalendarMoment;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  /** In upper case, `""` where there is none. */
  readonly status: string;
}

/** What a calendar says. */
export interface ReadCalendar {
  readonly kind: 'calendar';
  /** Who wrote it. */
  readonly producer: string;
  readonly events: readonly CalendarEvent[];
  /** Events that cannot be used: they recur, have no dates, or no uid. */
  readonly unusable: number;
}

/** Why a text is not read as a calendar. */
export type CalendarProblem = 'not_a_calendar' | 'cut_off' | 'too_many_events';

const MOST_EVENTS = 5_000;
const LONGEST_TEXT = 2_000;

/**
 * Reads an iCalendar text (RFC 5545) leniently: broken lines and events are left out and counted. A text that does not
 * end as a calendar does was cut off, and what it lacks means nothing (`integrations.md` §6.4).
 */
export function readCalendar(
  text: string,
): ReadCalendar | { readonly kind: 'problem'; readonly problem: CalendarProblem } {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) return { kind: 'problem', problem: 'not_a_calendar' };
  if (!/^END:VCALENDAR\s*$/im.test(text)) return { kind: 'problem', problem: 'cut_off' };
  const lines = contentLines(text);
  const blocks = eventsIn(lines);
  if (blocks.length > MOST_EVENTS) return { kind: 'problem', problem: 'too_many_events' };
  const events = blocks.flatMap((block) => readEvent(block) ?? []);
  const producer = lines.find(({ name }) => name === 'PRODID')?.value ?? '';
  return { kind: 'calendar', producer: plainText(producer), events, unusable: blocks.length - events.length };
}

/** The lines of each event; those of what an event contains, such as an alarm, are not its own. */
function eventsIn(lines: readonly ContentLine[]): readonly (readonly ContentLine[])[] {
  const found: ContentLine[][] = [];
  const within: string[] = [];
  for (const line of lines) {
    const component = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN') {
      within.push(component);
      if (component === 'VEVENT') found.push([]);
    } else if (line.name === 'END') {
      within.pop();
    } else if (within.at(-1) === 'VEVENT') {
      found.at(-1)?.push(line);
    }
  }
  return found;
}

function readEvent(lines: readonly ContentLine[]): CalendarEvent | undefined {
  const line = (wanted: string) => lines.find(({ name }) => name === wanted);
  const text = (wanted: string) =>
    plainText(line(wanted)?.value ?? '')
      .trim()
      .slice(0, LONGEST_TEXT);
  const uid = text('UID');
  const startLine = line('DTSTART');
  const start = startLine && readMoment(startLine);
  if (uid === '' || start === undefined || line('RRULE') !== undefined) return undefined;
  const end = endOf(start, line('DTEND'), line('DURATION'));
  if (end === undefined) return undefined;
  return {
    uid,
    start,
    end,
    summary: text('SUMMARY'),
    description: text('DESCRIPTION'),
    url: text('URL'),
    status: text('STATUS').toUpperCase(),
  };
}

/** Without an end a day lasts one day, and an instant no time at all (RFC 5545 §3.6.1). */
function endOf(
  start: CalendarMoment,
  end: ContentLine | undefined,
  duration: ContentLine | undefined,
): CalendarMoment | undefined {
  if (end !== undefined) return readMoment(end);
  if (duration === undefined) return start.time === undefined ? later(start, { days: 1, minutes: 0 }) : undefined;
  const length = readDuration(duration.value);
  return length && later(start, length);
}
