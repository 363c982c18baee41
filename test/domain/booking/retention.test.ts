import { expect, it } from 'vitest';
import { expiryOf } from '../../../shared/domain/booking/retention.ts';

it.each([
  ['2025-10-04T15:00:00Z', 24, '2027-10-04T15:00:00Z'],
  ['2025-10-04T15:00:00Z', 1, '2025-11-04T15:00:00Z'],
  ['2025-12-31T23:59:59Z', 2, '2026-02-28T23:59:59Z'],
  ['2023-12-31T00:00:00Z', 2, '2024-02-29T00:00:00Z'],
  ['2024-02-29T10:00:00Z', 12, '2025-02-28T10:00:00Z'],
  ['2024-08-31T10:00:00Z', 18, '2026-02-28T10:00:00Z'],
])('a booking that checks out at %s is kept for %s months, until %s', (checkOut, months, expiry) => {
  expect(expiryOf(checkOut, months)).toBe(Date.parse(expiry) / 1000);
});
