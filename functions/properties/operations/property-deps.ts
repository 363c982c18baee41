import { setTimeout as delay } from 'node:timers/promises';
import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { BookingRepository } from '../../../shared/domain/booking/booking.repository.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { PropertyRefused, type PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import { liveUnits, type Property, type Unit } from '../../../shared/domain/property/property.ts';
import type { TaskRepository } from '../../../shared/domain/task/task.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Commit } from '../../../shared/platform/dynamo/guarded-write.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

/** What the operations on a company's properties are handed. */
export interface PropertyDeps {
  readonly actor: Actor;
  readonly now: Date;
  readonly properties: PropertyRepository;
  readonly bookings: BookingRepository;
  readonly tasks: Pick<TaskRepository, 'listAll'>;
  readonly company: { find(): Promise<Company | undefined> };
  /** Takes consecutive integer ids and answers the first. */
  readonly nextIds: (entity: 'property' | 'unit', count: number) => Promise<number>;
  /** Commits with an entry in the audit trail. */
  readonly committing: (fact: AuditFact) => Commit;
}

/** Times that a change starts over because the property, or a booking of it, was written meanwhile. */
const ROUNDS = 30;
const LONGEST_WAIT_MS = 250;

export function notFound(): AppError {
  return new AppError('not_found', 'Not found.');
}

/** A problem with one field, or with the whole body. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

/** Names a unit by the path of its route. */
export interface UnitPath {
  readonly id: number;
  readonly unit_id: number;
}

/** The property that a path names. @throws AppError `not_found` */
export async function foundProperty({ properties }: Pick<PropertyDeps, 'properties'>, id: number): Promise<Property> {
  const property = await properties.find(id);
  if (property === undefined) throw notFound();
  return property;
}

/** The unit that a path names. @throws AppError `not_found` */
export async function foundUnit(deps: Pick<PropertyDeps, 'properties'>, path: UnitPath): Promise<Unit> {
  return unitIn(await foundProperty(deps, path.id), path.unit_id);
}

/** A live unit of a property by its id. @throws AppError `not_found` */
export function unitIn(property: Property, id: number): Unit {
  const unit = liveUnits(property).find((known) => known.id === id);
  if (unit === undefined) throw notFound();
  return unit;
}

/** What somebody decided to make of a property; without `wanted` nothing is written. */
export interface PropertyDecision<T> {
  readonly wanted?: Property;
  readonly fact: AuditFact;
  readonly answer: (changed: Property) => T | Promise<T>;
}

/**
 * Reads a property, lets `decide` make something of it, and starts over when it, or its calendar, changed in between.
 * @throws AppError `not_found`, `invalid` for a name that another property has
 */
export async function changeProperty<T>(
  deps: PropertyDeps,
  id: number,
  decide: (seen: Property) => Promise<PropertyDecision<T>>,
): Promise<T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await foundProperty(deps, id);
    const { wanted, fact, answer } = await decide(seen);
    if (wanted === undefined) return answer(seen);
    try {
      return answer(await deps.properties.change(seen, wanted, deps.committing(fact)));
    } catch (thrown) {
      if (!(thrown instanceof PropertyRefused)) throw thrown;
      if (thrown.refusal === 'name_taken') throw nameTaken();
    }
    await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 10 * 2 ** round));
  }
  throw new AppError('unavailable', 'Too many changes at once. Try again.', { retryAfter: 1 });
}

export function nameTaken(): AppError {
  return invalidField('name', 'Another property has this name.');
}
