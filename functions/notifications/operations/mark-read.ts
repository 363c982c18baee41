import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

interface Deps {
  readonly notifications: { markRead(userId: string, number: number, now: Date): Promise<string | undefined> };
  readonly clock: Clock;
  /** What the surface says of a notification that the caller does not have. */
  readonly unknown: string;
}

/**
 * @returns when it was read for the first time
 * @throws AppError `not_found` when the caller has no such notification
 */
export async function markRead({ notifications, clock, unknown }: Deps, userId: string, number: number): Promise<Date> {
  const readAt = await notifications.markRead(userId, number, clock.now());
  if (readAt === undefined) throw new AppError('not_found', unknown);
  return new Date(readAt);
}
