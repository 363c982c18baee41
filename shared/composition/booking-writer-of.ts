import type { BookingContext } from '../domain/booking/booking.repository.ts';
import { BookingWriter } from '../domain/booking/booking-writer.repository.ts';
import { ChecklistTemplateRepository } from '../domain/checklist/checklist-template.repository.ts';
import { UserRepository } from '../domain/identity/user.repository.ts';
import { NotificationRepository } from '../domain/notification/notification.repository.ts';
import { PropertyRepository } from '../domain/property/property.repository.ts';
import { TaskRepository } from '../domain/task/task.repository.ts';
import { followingTurnovers } from '../domain/turnover/follow-bookings.ts';
import { TurnoverRepository } from '../domain/turnover/turnover.repository.ts';
import { nextNumbers } from '../platform/dynamo/counter.ts';

/**
 * The bookings of a company for whoever changes them, with the turnovers that follow (decision 12). Aggregates do not
 * know each other's repositories, and four functions change bookings: this is the one place that puts them together.
 */
export function bookingWriterOf(context: BookingContext): BookingWriter {
  const { scope, guestKey, now } = context;
  const follow = followingTurnovers({
    now,
    properties: new PropertyRepository(scope),
    people: new UserRepository(scope),
    turnovers: new TurnoverRepository(scope),
    tasks: new TaskRepository({ scope, guestKey }),
    templates: new ChecklistTemplateRepository(scope),
    notifications: new NotificationRepository(scope),
    nextTaskIds: (count) => nextNumbers(scope, 'task', count),
  });
  return new BookingWriter({ ...context, follow });
}
