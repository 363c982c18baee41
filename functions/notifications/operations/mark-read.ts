import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { sidekick } from '../../../shared/platform/http/sidekick-surface.ts';

interface Deps {
  readonly notifications: { markRead(userId: string, number: number, now: Date): Promise<string | undefined> };
  readonly clock: Clock;
}

/** @throws AppError `not_found` when the caller has no such notification */
export async function markRead({ notifications, clock }: Deps, userId: string, number: number) {
  const readAt = await notifications.markRead(userId, number, clock.now());
  if (readAt === undefined) throw new AppError('not_found', sidekick.messages.notFound);
  return ok({ leida_en: toOffsetIso(new Date(readAt)) });
}
