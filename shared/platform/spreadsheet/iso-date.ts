import type { Cell } from './cell.ts';
import type { FormatKind } from './number-format.ts';

const ISO = /^(?:(\d{4}-\d{2}-\d{2})(?:T|$))?(?:T?(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:\d{2})?$/;

/**
 * The cell of `t="d"`, an ISO 8601 text (ECMA-376 part 1, §18.18.11): a day, a time or both; an offset is dropped,
 * since a sheet has wall-clock times. Midnight under a date-only format is that day. Anything else stays text.
 */
export function isoCell(text: string, kind: FormatKind): Cell {
  const match = ISO.exec(text);
  const [, day, hours, minutes, seconds = '00'] = match ?? [];
  if (hours !== undefined && !(hours <= '23' && `${minutes}` <= '59' && seconds <= '59'))
    return { kind: 'text', value: text };
  const time = hours === undefined ? undefined : `${hours}:${minutes}:${seconds}`;
  if (day === undefined) return time === undefined ? { kind: 'text', value: text } : { kind: 'time', value: time };
  if (!isCalendarDay(day)) return { kind: 'text', value: text };
  if (time === undefined || (time === '00:00:00' && kind === 'date')) return { kind: 'date', value: day };
  return { kind: 'dateTime', value: `${day}T${time}` };
}

function isCalendarDay(day: string): boolean {
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}
