import type { CalendarFeed } from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { NotificationRepository } from '../../../shared/domain/notification/notification.repository.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { FeedAlert } from './read-feed.ts';

export interface Alerting {
  readonly feed: CalendarFeed;
  readonly property: Property;
  readonly alerts: readonly FeedAlert[];
  readonly now: Date;
}

/** Tells admins and managers, each once of the same thing, and never names a guest (ruling 8). */
export async function tellOverseers(scope: TenantScope, { feed, property, alerts, now }: Alerting): Promise<void> {
  if (alerts.length === 0) return;
  const overseers = await new UserRepository(scope).listOverseers();
  const unit = property.units.find(({ id }) => id === feed.unit_id)?.unit_number;
  const dwelling = unit === undefined || property.units.length === 1 ? property.name : `${property.name} ${unit}`;
  const additions = alerts.flatMap((alert) =>
    overseers.map(({ id: recipient }) => ({
      recipient,
      verb: 'calendar_feed' as const,
      message: messageOf(alert, feed.name, dwelling),
      occasion: occasionOf(alert, feed, now),
    })),
  );
  await new NotificationRepository(scope).addOnce(additions, now);
}

function messageOf(alert: FeedAlert, name: string, dwelling: string): string {
  switch (alert.kind) {
    case 'suspicious':
      return `Calendar "${name}" of ${dwelling} lacks most of its bookings. Nothing was changed: look at the channel.`;
    case 'reset':
      return `Calendar "${name}" of ${dwelling} cannot be read any more. Copy its address anew from the channel.`;
    case 'may_be_cancelled':
      return `The stay that begins on ${alert.check_in} at ${dwelling} is gone from calendar "${name}". It may be cancelled: ask before you clean.`;
  }
}

/** One and the same until the feed was read well again. */
function occasionOf(alert: FeedAlert, feed: CalendarFeed, now: Date): string {
  if (alert.kind === 'may_be_cancelled') return `${feed.id}#${alert.stayId}#${alert.check_in}`;
  return `${feed.id}#${alert.kind}#${feed.last_good_at ?? now.toISOString()}`;
}
