import { describe, expect, it } from 'vitest';
import { prefixedUlid } from '../../../shared/platform/ids/ulid.ts';

describe('a prefixed ULID', () => {
  it('has 26 characters of Crockford’s base 32, the first ten of them the time', () => {
    const id = prefixedUlid('msg', new Date('2016-07-30T23:54:10.259Z'));
    // The example of the ULID specification.
    expect(id).toMatch(/^msg_01ARZ3NDEK[0-9A-HJKMNP-TV-Z]{16}$/);
  });

  it('sorts by creation and is never given twice', () => {
    const now = new Date('2026-05-01T10:00:00Z');
    const earlier = prefixedUlid('ep', new Date(now.getTime() - 1));
    const ids = Array.from({ length: 1_000 }, () => prefixedUlid('ep', now));
    expect(ids.every((id) => id > earlier)).toBe(true);
    expect(new Set(ids).size).toBe(1_000);
  });
});
