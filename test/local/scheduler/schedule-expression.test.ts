import { describe, expect, it } from 'vitest';
import { readScheduleExpression, ScheduleExpressionError } from '../../../infra/local/scheduler/schedule-expression.ts';

const since = new Date('2026-11-21T09:30:10Z');
const next = (expression: string, timeZone: string, from: string) =>
  readScheduleExpression(expression, timeZone, since).nextAfter(new Date(from))?.toISOString();

describe('schedule expressions of EventBridge Scheduler', () => {
  it.each([
    ['rate(15 minutes)', 'UTC', '2026-11-21T09:30:10Z', '2026-11-21T09:45:10.000Z'],
    ['rate(15 minutes)', 'UTC', '2026-11-21T09:45:10Z', '2026-11-21T10:00:10.000Z'],
    ['rate(1 day)', 'UTC', '2026-11-24T00:00:00Z', '2026-11-24T09:30:10.000Z'],
    ['cron(0 6 * * ? *)', 'UTC', '2026-11-21T09:30:00Z', '2026-11-22T06:00:00.000Z'],
    ['cron(0 6 * * ? *)', 'Europe/Madrid', '2026-11-21T09:30:00Z', '2026-11-22T05:00:00.000Z'],
    ['cron(0/10 * * * ? *)', 'UTC', '2026-11-21T09:30:00Z', '2026-11-21T09:40:00.000Z'],
    ['cron(5/20 * * * ? *)', 'UTC', '2026-11-21T09:30:00Z', '2026-11-21T09:45:00.000Z'],
    // Days of the week count from Sunday = 1.
    ['cron(0 6 ? * 2 *)', 'UTC', '2026-11-21T09:30:00Z', '2026-11-23T06:00:00.000Z'],
    ['cron(0 6 ? * MON-FRI *)', 'UTC', '2026-11-21T09:30:00Z', '2026-11-23T06:00:00.000Z'],
    ['cron(0 6 L * ? *)', 'UTC', '2026-11-21T09:30:00Z', '2026-11-30T06:00:00.000Z'],
    ['cron(0 6 1 1 ? 2028)', 'UTC', '2026-11-21T09:30:00Z', '2028-01-01T06:00:00.000Z'],
    ['cron(0 6 1 1 ? 2020)', 'UTC', '2026-11-21T09:30:00Z', undefined],
    ['at(2026-12-01T08:00:00)', 'Europe/Madrid', '2026-11-21T09:30:00Z', '2026-12-01T07:00:00.000Z'],
    ['at(2026-12-01T08:00:00)', 'Europe/Madrid', '2026-12-01T07:00:00Z', undefined],
  ])('%s in %s after %s is %s', (expression, timeZone, from, expected) => {
    expect(next(expression, timeZone, from)).toBe(expected);
  });

  it.each([
    'rate(0 minutes)',
    'rate(5 parsecs)',
    'cron(0 6 * * *)',
    'cron(99 6 * * ? *)',
    'at(tomorrow)',
    'hourly',
    '',
  ])('refuses %s', (expression) => {
    expect(() => readScheduleExpression(expression, 'UTC', since)).toThrow(ScheduleExpressionError);
  });
});
