import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scheduledEvent } from '../../../infra/local/scheduler/scheduled-event.ts';
import { startScheduler } from '../../../infra/local/scheduler/scheduler.ts';
import type { ScheduleDefinition } from '../../../infra/local/template/schedules.ts';

const schedule = (name: string, expression: string, more: Partial<ScheduleDefinition> = {}): ScheduleDefinition => ({
  name,
  arn: `arn:aws:scheduler:eu-west-1:000000000000:schedule/default/${name}`,
  expression,
  timeZone: 'UTC',
  enabled: true,
  functionName: 'worker',
  input: undefined,
  ...more,
});
const START = new Date('2026-11-21T09:30:00Z');
const place = { partition: 'aws', account: '000000000000', region: 'eu-west-1' };

let offsetMs = 0;
const runs: string[] = [];
const start = (...schedules: ScheduleDefinition[]) =>
  startScheduler({
    schedules,
    now: () => new Date(Date.now() + offsetMs),
    run: ({ name }, dueAt) => void runs.push(`${name} ${dueAt.toISOString()}`),
  });

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  offsetMs = 0;
  runs.length = 0;
});
afterEach(() => void vi.useRealTimers());

describe('the scheduler', () => {
  it('runs what is due, again and again', () => {
    const scheduler = start(schedule('a', 'rate(15 minutes)'), schedule('b', 'cron(40 9 * * ? *)'));
    vi.advanceTimersByTime(31 * 60_000);
    expect(runs).toEqual(['b 2026-11-21T09:40:00.000Z', 'a 2026-11-21T09:45:00.000Z', 'a 2026-11-21T10:00:00.000Z']);
    scheduler.close();
    vi.advanceTimersByTime(60 * 60_000);
    expect(runs).toHaveLength(3);
  });

  it('leaves a disabled one alone', () => {
    start(schedule('a', 'rate(1 minute)', { enabled: false }));
    vi.advanceTimersByTime(5 * 60_000);
    expect(runs).toEqual([]);
  });

  it('follows the clock that was moved, and makes up for nothing on the way', () => {
    const scheduler = start(schedule('a', 'cron(0 12 * * ? *)'));
    offsetMs = 5 * 3_600_000;
    scheduler.clockMoved();
    expect(scheduler.nextRuns().a?.toISOString()).toBe('2026-11-22T12:00:00.000Z');
    vi.advanceTimersByTime(60_000);
    expect(runs).toEqual([]);
    offsetMs = 26.4 * 3_600_000;
    scheduler.clockMoved();
    vi.advanceTimersByTime(10 * 60_000);
    expect(runs).toEqual(['a 2026-11-22T12:00:00.000Z']);
  });

  it('finds a schedule by its name or by the end of it, if that is one only', () => {
    const scheduler = start(schedule('ops-local-late', 'rate(1 day)'), schedule('ops-local-sweep', 'rate(1 day)'));
    expect(scheduler.find('ops-local-late')?.name).toBe('ops-local-late');
    expect(scheduler.find('late')?.name).toBe('ops-local-late');
    expect(scheduler.find('local-sweep')?.name).toBe('ops-local-sweep');
    expect(scheduler.find('nothing')).toBeUndefined();
  });
});

describe('the event of a schedule', () => {
  it("is the scheduler's own where there is no input", () => {
    expect(scheduledEvent(schedule('a', 'rate(1 day)'), START, place)).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      time: '2026-11-21T09:30:00Z',
      resources: ['arn:aws:scheduler:eu-west-1:000000000000:schedule/default/a'],
    });
  });

  it('is the input with the keywords filled in', () => {
    const input = '{"at":"<aws.scheduler.scheduled-time>","try":<aws.scheduler.attempt-number>}';
    expect(scheduledEvent(schedule('a', 'rate(1 day)', { input }), START, place)).toEqual({
      at: '2026-11-21T09:30:00Z',
      try: 1,
    });
  });
});
