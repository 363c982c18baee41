import { expect, it } from 'vitest';
import { rateLimitSetting } from '../../../functions/public-forms/rate-limit-setting.ts';

it.each([
  ['5/hour', { limit: 5, window: 'hour', per: 'address' }],
  [' 100/day ', { limit: 100, window: 'day', per: 'address' }],
  ['1/minute', { limit: 1, window: 'minute', per: 'address' }],
])('%s is a limit', (text, limit) => {
  expect(rateLimitSetting.parse(text)).toEqual(limit);
});

it.each(['', '0/hour', '5', '5/week', '5 per hour', '-1/day'])(
  '%j is none, and stops the function at its start',
  (text) => {
    expect(rateLimitSetting.safeParse(text).success).toBe(false);
  },
);
