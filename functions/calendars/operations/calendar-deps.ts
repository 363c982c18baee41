import type { AuditOrigin } from '../../../shared/domain/audit/audit-trail.ts';
import { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import { liveUnits, type Property, unitNumbered } from '../../../shared/domain/property/property.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Origin } from '../../../shared/platform/http/route.ts';
import type { NewUlid } from '../../../shared/platform/ids/ulid.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { PublicTargets } from '../../../shared/platform/outbound/public-target.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

/** What the operations on a company's calendars work with. */
export interface CalendarDeps {
  readonly scope: TenantScope;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly now: Date;
  readonly targets: PublicTargets;
  /** The queue `calendars`. */
  readonly queue: WorkQueue;
  readonly ulid: NewUlid;
  readonly log: Log;
  /** Base of the addresses that are given out. */
  readonly publicBaseUrl: string;
  /** The company's data key of purpose `integrations`. */
  readonly key: () => Promise<DataKey>;
  /** The company's data key of purpose `guest-data`. */
  readonly guestKey: () => Promise<DataKey>;
}

export function auditOrigin({ actor, origin, now }: CalendarDeps): AuditOrigin {
  return { actor, address: origin.address, now };
}

export function notFound(): AppError {
  return new AppError('not_found', 'Not found.');
}

/** A problem with one field. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

/** A property with the unit that a calendar is about; null where the property has none. */
export interface Dwelling {
  readonly property: Property;
  readonly unitId: number | null;
}

/**
 * The dwelling that a body names: the only unit where it names none.
 * @throws AppError `invalid` for what is not there, or not told from others
 */
export async function dwellingOf(
  { scope }: Pick<CalendarDeps, 'scope'>,
  { property: id, unit: number }: { readonly property: number; readonly unit?: string | null | undefined },
): Promise<Dwelling> {
  const property = await new PropertyRepository(scope).find(id);
  if (property === undefined) throw invalidField('property', 'There is no such property.');
  if (number) {
    const unit = unitNumbered(property, number);
    if (unit === undefined) throw invalidField('unit', `The property has no unit "${number}".`);
    return { property, unitId: unit.id };
  }
  const [only, ...others] = liveUnits(property);
  if (others.length > 0) throw invalidField('unit', 'The property has several units. Say which one it is.');
  return { property, unitId: only?.id ?? null };
}

/** The number of a unit by its id, as people know it. */
export function unitNumber(property: Property | undefined, unitId: number | null): string | null {
  return property?.units.find(({ id }) => id === unitId)?.unit_number ?? null;
}

/** The properties of some rows, by id, deleted ones too: one query. */
export async function propertiesOf({ scope }: Pick<CalendarDeps, 'scope'>): Promise<ReadonlyMap<number, Property>> {
  return new Map((await new PropertyRepository(scope).listAll()).map((property) => [property.id, property]));
}
