import type { ScheduleDefinition } from '../template/schedules.ts';
import { readScheduleExpression, type Timetable } from './schedule-expression.ts';

/** Longest sleep: well inside what a timer can count, and short enough for a machine that wakes from its own. */
const LONGEST_SLEEP_MS = 30_000;

export interface Scheduler {
  readonly names: readonly string[];
  /** The schedule of this name, or of this last part of a name if only one has it (`late-checkin`). */
  find(name: string): ScheduleDefinition | undefined;
  /** When each schedule is due next, by the clock it follows. */
  nextRuns(): Readonly<Record<string, Date | undefined>>;
  /** The clock has been moved: what would have been due on the way is not made up for. */
  clockMoved(): void;
  close(): void;
}

interface Entry {
  readonly schedule: ScheduleDefinition;
  readonly timetable: Timetable;
  next: Date | undefined;
}

/** Calls `run` for each schedule whenever it is due by `now`. */
export function startScheduler(options: {
  readonly schedules: readonly ScheduleDefinition[];
  readonly now: () => Date;
  readonly run: (schedule: ScheduleDefinition, dueAt: Date) => void;
}): Scheduler {
  const { schedules, now, run } = options;
  const entriesFrom = (since: Date): Entry[] =>
    schedules.map((schedule) => {
      const timetable = readScheduleExpression(schedule.expression, schedule.timeZone, since);
      return { schedule, timetable, next: schedule.enabled ? timetable.nextAfter(since) : undefined };
    });
  let entries = entriesFrom(now());
  let timer: NodeJS.Timeout | undefined;

  function sleep(): void {
    clearTimeout(timer);
    const due = Math.min(...entries.map(({ next }) => next?.getTime() ?? Number.POSITIVE_INFINITY));
    if (due === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(wake, Math.max(0, Math.min(due - now().getTime(), LONGEST_SLEEP_MS)));
    timer.unref();
  }

  function wake(): void {
    const at = now();
    for (const entry of entries) {
      if (entry.next === undefined || entry.next > at) continue;
      const dueAt = entry.next;
      entry.next = entry.timetable.nextAfter(at);
      run(entry.schedule, dueAt);
    }
    sleep();
  }

  sleep();
  const names = schedules.map(({ name }) => name);
  return {
    names,
    find(name) {
      const exact = schedules.find((schedule) => schedule.name === name);
      if (exact !== undefined) return exact;
      const [first, ...others] = schedules.filter((schedule) => schedule.name.endsWith(`-${name}`));
      return others.length === 0 ? first : undefined;
    },
    nextRuns: () => Object.fromEntries(entries.map(({ schedule, next }) => [schedule.name, next])),
    clockMoved() {
      entries = entriesFrom(now());
      sleep();
    },
    close: () => clearTimeout(timer),
  };
}
