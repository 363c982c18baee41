import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { unitOf } from '../../../shared/domain/booking/booking-reservation.ts';
import { moved } from '../../../shared/domain/booking/instant-range.ts';
import {
  liveUnits,
  type Property,
  shownUnitStatus,
  type Unit,
  unitTotals,
  zoneOf,
} from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { PropertyAnswer, PropertyRow, UnitAnswer } from '../schemas.ts';
import type { PropertyDeps } from './property-deps.ts';

/** A property as lists show it. */
export function shownProperty(property: Property, companyZone: string): PropertyRow {
  return {
    id: property.id,
    name: property.name,
    address: property.address,
    property_type: property.property_type,
    ...unitTotals(property),
    check_in_time: property.check_in_time,
    check_out_time: property.check_out_time,
    timezone: zoneOf(property, companyZone),
    external_ref: property.external_ref,
    created_at: property.created_at,
    updated_at: property.modified_at,
  };
}

/** A property with its units and who stays in each of them now, by one more request. */
export async function propertyWithUnits(
  deps: Pick<PropertyDeps, 'bookings' | 'now'>,
  property: Property,
  companyZone: string,
): Promise<PropertyAnswer> {
  const staying = await guestsNow(deps, property);
  const units = liveUnits(property).map((unit) => shownUnit(unit, staying.get(unit.id)));
  return { ...shownProperty(property, companyZone), units };
}

/** One unit with who stays in it now. */
export async function unitWithGuest(
  deps: Pick<PropertyDeps, 'bookings' | 'now'>,
  property: Property,
  unit: Unit,
): Promise<UnitAnswer> {
  return shownUnit(unit, (await guestsNow(deps, property)).get(unit.id));
}

function shownUnit(unit: Unit, current: Booking | undefined): UnitAnswer {
  return {
    id: unit.id,
    unit_number: unit.unit_number,
    status: shownUnitStatus(unit.status, current !== undefined),
    current_booking: current
      ? {
          id: current.id,
          guest_name: current.guest_name,
          check_in: current.check_in_date,
          check_out: current.check_out_date,
        }
      : null,
    external_ref: unit.external_ref,
  };
}

/** The current booking of each unit that has one: not cancelled, `check_in ≤ now < check_out`, the earliest (§3.3). */
async function guestsNow(
  { bookings, now }: Pick<PropertyDeps, 'bookings' | 'now'>,
  property: Property,
): Promise<ReadonlyMap<number, Booking>> {
  const instant = toUtcIso(now);
  const staying = await bookings.listStaying(property, { from: instant, to: moved(instant, 1) });
  const current = new Map<number, Booking>();
  for (const booking of await bookings.open(staying.filter(({ status }) => status !== 'cancelled'))) {
    const unit = unitOf(property, booking.unit_id);
    if (unit !== undefined && !current.has(unit.id)) current.set(unit.id, booking);
  }
  return current;
}
