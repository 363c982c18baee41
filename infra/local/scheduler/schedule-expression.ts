import { Cron } from 'croner';

/** When a schedule is due. */
export interface Timetable {
  /** The first instant after `from` at which it is due; undefined when there is none. */
  nextAfter(from: Date): Date | undefined;
}

/** The expression is none that EventBridge Scheduler takes. */
export class ScheduleExpressionError extends Error {
  override readonly name = 'ScheduleExpressionError';
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const EXPRESSION = /^(rate|cron|at)\((.+)\)$/;

/**
 * Reads `rate(15 minutes)`, `cron(0 6 ? * MON-FRI *)` or `at(2026-11-21T09:30:00)` (EventBridge Scheduler user guide,
 * "Schedule types"). A rate counts from `since`; cron and at are read in `timeZone`.
 *
 * @throws ScheduleExpressionError for anything else
 */
export function readScheduleExpression(expression: string, timeZone: string, since: Date): Timetable {
  const [, kind, content = ''] = EXPRESSION.exec(expression) ?? [];
  if (kind === 'rate') return rate(expression, content, since);
  if (kind === 'cron') return cron(expression, content, timeZone);
  if (kind === 'at') return at(expression, content, timeZone);
  throw new ScheduleExpressionError(`${expression} is no rate(), cron() or at().`);
}

function rate(expression: string, content: string, since: Date): Timetable {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(content) ?? [];
  const periodMs = Number(count) * (UNIT_MS[unit] ?? 0);
  if (!(periodMs > 0)) throw new ScheduleExpressionError(`${expression} is no rate.`);
  return {
    nextAfter(from) {
      const periods = Math.floor((from.getTime() - since.getTime()) / periodMs) + 1;
      return new Date(since.getTime() + Math.max(periods, 1) * periodMs);
    },
  };
}

/** Six fields, from minute to year; days of the week count from Sunday = 1. */
function cron(expression: string, content: string, timeZone: string): Timetable {
  const fields = content.trim().split(/\s+/);
  if (fields.length !== 6) throw new ScheduleExpressionError(`${expression} has not six fields.`);
  const pattern = reading(expression, () => {
    return new Cron(`0 ${fields.join(' ')}`, {
      mode: '7-part',
      timezone: timeZone,
      alternativeWeekdays: true,
      sloppyRanges: true,
      paused: true,
    });
  });
  return { nextAfter: (from) => pattern.nextRun(from) ?? undefined };
}

function at(expression: string, content: string, timeZone: string): Timetable {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(content)) {
    throw new ScheduleExpressionError(`${expression} is not at(yyyy-mm-ddThh:mm:ss).`);
  }
  const once = reading(expression, () => new Cron(content, { timezone: timeZone, paused: true }));
  return { nextAfter: (from) => once.nextRun(from) ?? undefined };
}

function reading(expression: string, read: () => Cron): Cron {
  try {
    return read();
  } catch (cause) {
    throw new ScheduleExpressionError(`${expression} cannot be read.`, { cause });
  }
}
