import { AutoTaskTemplateRepository } from '../domain/auto-task/auto-task-template.repository.ts';
import type { BookingContext } from '../domain/booking/booking.repository.ts';
import { BookingWriter } from '../domain/booking/booking-writer.repository.ts';
import { ChecklistTemplateRepository } from '../domain/checklist/checklist-template.repository.ts';
import { CompanyRepository } from '../domain/company/company.repository.ts';
import { DEFAULT_ZONE } from '../domain/company/company.ts';
import { UserRepository } from '../domain/identity/user.repository.ts';
import { NotificationRepository } from '../domain/notification/notification.repository.ts';
import { PropertyRepository } from '../domain/property/property.repository.ts';
import { TaskRepository } from '../domain/task/task.repository.ts';
import { type FollowingDeps, followingTasks, missingTasks } from '../domain/turnover/follow-bookings.ts';
import { TurnoverRepository } from '../domain/turnover/turnover.repository.ts';
import { once } from '../platform/concurrency/once.ts';
import { nextNumbers } from '../platform/dynamo/counter.ts';

/**
 * The bookings of a company for whoever changes them, with the tasks that follow (decision 13). Aggregates do not
 * know each other's repositories, and four functions change bookings: this is the one place that puts them together.
 */
export function bookingWriterOf(context: BookingContext): BookingWriter {
  return new BookingWriter({ ...context, follow: followingTasks(followingDepsOf(context)) });
}

/** Numbers of tasks that a worker takes at once; what it does not use stays a gap (`aristay.md` §10.3). */
const NUMBERS_AT_ONCE = 200;

/**
 * The same for a worker that writes many portions in one turn: templates are those of its beginning, and numbers of tasks
 * are taken in blocks.
 */
export function bulkBookingWriterOf(context: BookingContext): BookingWriter {
  const deps = followingDepsOf(context);
  const follow = followingTasks({
    ...deps,
    checklists: { list: once(() => deps.checklists.list()) },
    autoTasks: { list: once(() => deps.autoTasks.list()) },
    companyZone: once(deps.companyZone),
    nextTaskIds: inBlocks(deps.nextTaskIds),
  });
  return new BookingWriter({ ...context, follow });
}

/** One after the other: a worker writes its portions so. */
function inBlocks(take: FollowingDeps['nextTaskIds']): FollowingDeps['nextTaskIds'] {
  let [next, end] = [0, 0];
  return async (count) => {
    if (next + count > end) {
      const size = Math.max(count, NUMBERS_AT_ONCE);
      next = await take(size);
      end = next + size;
    }
    next += count;
    return next - count;
  };
}

/** The same for what bookings have missed that stood before. */
export function missingTasksWriterOf(context: BookingContext): BookingWriter {
  return new BookingWriter({ ...context, follow: missingTasks(followingDepsOf(context)) });
}

function followingDepsOf({ scope, guestKey, now }: BookingContext): FollowingDeps {
  const company = new CompanyRepository(scope);
  return {
    now,
    properties: new PropertyRepository(scope),
    people: new UserRepository(scope),
    turnovers: new TurnoverRepository(scope),
    tasks: new TaskRepository({ scope, guestKey }),
    checklists: new ChecklistTemplateRepository(scope),
    autoTasks: new AutoTaskTemplateRepository(scope),
    notifications: new NotificationRepository(scope),
    companyZone: async () => (await company.find())?.zona_horaria ?? DEFAULT_ZONE,
    nextTaskIds: (count) => nextNumbers(scope, 'task', count),
  };
}
