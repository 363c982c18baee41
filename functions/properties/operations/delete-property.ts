import { isActive } from '../../../shared/domain/booking/booking.ts';
import { isOpen } from '../../../shared/domain/task/task.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { changeProperty, invalidField, type PropertyDeps } from './property-deps.ts';
import { propertyFact } from './property-facts.ts';

/**
 * Deletes a property (C37): its name is free, and bookings that are over keep showing it. A booking that comes at the
 * same time is either seen here or refused there.
 * @throws AppError `not_found`, `invalid` while it has active bookings or open tasks
 */
export async function deleteProperty(deps: PropertyDeps, id: number): Promise<undefined> {
  await changeProperty(deps, id, async (seen) => {
    const [stays, tasks] = await Promise.all([deps.bookings.listCheckingIn(id), deps.tasks.listAll()]);
    const open = tasks.filter((task) => task.property_id === id && isOpen(task)).length;
    if (open > 0) {
      const message = `The property has ${open} open tasks. Complete, cancel or delete them first.`;
      throw invalidField('non_field_errors', message);
    }
    const active = stays.filter(isActive).length;
    if (active > 0) {
      const message = `The property has ${active} active bookings. Cancel or complete them first.`;
      throw invalidField('non_field_errors', message);
    }
    const wanted = { ...seen, deleted_at: toUtcIso(deps.now), deleted_by: deps.actor.userId };
    return { wanted, fact: propertyFact('propiedad.borrar', seen), answer: () => undefined };
  });
}
