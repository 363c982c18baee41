import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { BookingRepository } from '../../../shared/domain/booking/booking.repository.ts';
import { listRelated } from '../../../shared/domain/booking/list-related.ts';

const STAY = {
  property_id: 1,
  check_in_date: '2026-07-01T15:00:00Z',
  check_out_date: '2026-07-03T10:00:00Z',
  source: 'airbnb',
  external_code: 'HM1',
} as const;

it('a question that fails while another is still open fails the call, and never the process', async () => {
  const alone = vi.fn();
  process.on('unhandledRejection', alone);
  onTestFinished(() => void process.off('unhandledRejection', alone));
  const bookings: Partial<BookingRepository> = {
    listHoldersOfMany: () => Promise.reject(new Error('The table is busy')),
    listCheckingIn: () => delay(20).then(() => Promise.reject(new Error('The table is busy'))),
  };
  const asking = listRelated(bookings as BookingRepository, [STAY], [{ id: 1, longest_stay_s: 0 }]);
  await expect(asking).rejects.toThrow('The table is busy');
  await delay(30);
  expect(alone).not.toHaveBeenCalled();
});
