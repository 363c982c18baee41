import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csrfCookie, isGenuineCsrfValue, issueCsrfValue, sameText } from '../../../shared/platform/http/csrf.ts';

const key = Buffer.alloc(32, 7);
const now = new Date('2026-06-03T18:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('CSRF values', () => {
  it('are 43 characters of URL-safe base64 and differ each time', () => {
    const values = new Set(Array.from({ length: 50 }, () => issueCsrfValue(key, now)));
    expect(values.size).toBe(50);
    for (const value of values) expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('are genuine for an hour and no longer', () => {
    const value = issueCsrfValue(key, now);
    expect(isGenuineCsrfValue(key, value, later(0))).toBe(true);
    expect(isGenuineCsrfValue(key, value, later(3_600))).toBe(true);
    expect(isGenuineCsrfValue(key, value, later(3_601))).toBe(false);
    expect(isGenuineCsrfValue(key, value, later(-60))).toBe(false);
  });

  it('cannot be planted: one of another key, or with a changed character, is not ours', () => {
    const value = issueCsrfValue(key, now);
    expect(isGenuineCsrfValue(Buffer.alloc(32, 8), value, now)).toBe(false);
    for (let at = 0; at < 42; at += 1) {
      const changed = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
      expect(isGenuineCsrfValue(key, changed, now)).toBe(false);
    }
  });

  it('any other text is refused and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !isGenuineCsrfValue(key, text, now)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => sameText(a, b) === (a === b)));
  });

  it('travel in a cookie that scripts can read and other sites cannot send', () => {
    expect(csrfCookie('v', { secure: true })).toBe('csrf_token=v; Path=/; Max-Age=3600; SameSite=Strict; Secure');
    expect(csrfCookie('v', { secure: false })).not.toContain('Secure');
  });
});
