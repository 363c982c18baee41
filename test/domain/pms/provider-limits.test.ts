import { describe, expect, it } from 'vitest';
import type { PmsProvider } from '../../../shared/domain/integration/pms-provider.ts';
import { DELAYS } from '../../../shared/domain/pms/provider-limits.ts';

const NOW = new Date('2026-11-21T09:30:00Z');
const SECONDS = NOW.getTime() / 1000;
const delay = (provider: PmsProvider, status: number, headers: Record<string, string>) =>
  DELAYS[provider]({ status, headers: new Headers(headers), text: '' }, NOW);

describe('how long a provider wants us to wait', () => {
  it.each([
    ['an instant', 429, { 'X-RateLimit-Retry-After': String(SECONDS + 42) }, 42_000],
    ['an instant that is past', 429, { 'X-RateLimit-Retry-After': String(SECONDS - 5) }, 0],
    ['a few seconds', 429, { 'X-RateLimit-Retry-After': '7' }, 7_000],
    ['the last call', 200, { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Retry-After': String(SECONDS + 9) }, 9_000],
    ['calls left', 200, { 'X-RateLimit-Remaining': '1', 'X-RateLimit-Retry-After': String(SECONDS + 9) }, undefined],
    ['nothing said', 429, {}, undefined],
  ] as const)('Smoobu: %s', (_, status, headers, expected) => {
    expect(delay('smoobu', status, headers)).toBe(expected);
  });

  it.each([
    ['as answered', 429, { 'x-five-min-limit-resets-in': '33' }, 33_000],
    ['as specified', 429, { 'X-FiveMinCreditLimit-ResetsIn': '33' }, 33_000],
    ['few credits', 200, { 'x-five-min-limit-remaining': '9.5', 'x-five-min-limit-resets-in': '33' }, 33_000],
    ['enough credits', 200, { 'x-five-min-limit-remaining': '10', 'x-five-min-limit-resets-in': '33' }, undefined],
  ] as const)('Beds24: %s', (_, status, headers, expected) => {
    expect(delay('beds24', status, headers)).toBe(expected);
  });

  it('Hostaway says nothing: its window is waited for; Cloudbeds neither: a second or two', () => {
    expect(delay('hostaway', 200, {})).toBeUndefined();
    expect(delay('hostaway', 429, {})).toBeGreaterThanOrEqual(10_000);
    expect(delay('cloudbeds', 429, {})).toBeGreaterThanOrEqual(1_000);
    expect(delay('cloudbeds', 429, {})).toBeLessThanOrEqual(2_000);
  });

  it.each(['hostaway', 'cloudbeds'] as const)('%s: a date in the field counts', (provider) => {
    expect(delay(provider, 429, { 'retry-after': 'Sat, 21 Nov 2026 09:30:04 GMT' })).toBe(4_000);
    expect(delay(provider, 429, { 'retry-after': '2.5' })).toBe(2_500);
  });
});
