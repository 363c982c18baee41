import * as z from 'zod';
import { isValidZone } from '../../platform/calendar/time-zone.ts';

/** Statuses of a unit as stored (`aristay.md` §3.3). */
export const UNIT_STATUSES = ['available', 'maintenance', 'reserved', 'inactive'] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];
/** Statuses of a unit as shown: `occupied` follows from its bookings. */
export const SHOWN_UNIT_STATUSES = ['available', 'occupied', 'maintenance', 'reserved', 'inactive'] as const;
export type ShownUnitStatus = (typeof SHOWN_UNIT_STATUSES)[number];

/** Hours that stand in for a missing one (`aristay.md` §3.2). */
export const DEFAULT_CHECK_IN_TIME = '15:00';
export const DEFAULT_CHECK_OUT_TIME = '11:00';
export const DEFAULT_PROPERTY_TYPE = 'other';

/** Units of one property: a hotel of a thousand rooms still fits the 400 KB of a row. */
export const MOST_UNITS = 1_000;

const instant = z.iso.datetime();

/** Who made and last changed a row, when: a user's UUID, null for the platform itself. */
const provenance = {
  created_at: instant,
  created_by: z.string().nullable(),
  modified_at: instant,
  modified_by: z.string().nullable(),
};

/** When, by whom and why a row was deleted; all null while it lives (`aristay.md` §3). */
const softDeletion = {
  deleted_at: instant.nullable(),
  deleted_by: z.string().nullable(),
  deletion_reason: z.string().max(200).nullable(),
};

/** One unit of a property (`aristay.md` §3.3). Deleted ones stay, because past bookings name them. */
export const unit = z.object({
  id: z.int().positive(),
  unit_number: z.string(),
  status: z.enum(UNIT_STATUSES),
  /** The apartment that is the same dwelling, by its `id_pms` or `id_externo` (ruling 6). */
  external_ref: z.string().nullable(),
  ...provenance,
  ...softDeletion,
});
export type Unit = z.infer<typeof unit>;

/** A property with its units as stored (`aristay.md` §3.2). */
export const property = z.object({
  id: z.int().positive(),
  name: z.string(),
  address: z.string(),
  property_type: z.string(),
  /** `HH:MM` on the property's clocks. */
  check_in_time: z.string(),
  check_out_time: z.string(),
  /** IANA zone where it differs from the company's (ruling 10). */
  timezone: z.string().refine(isValidZone, 'Not a zone of the IANA database.').nullable(),
  /** The apartment that is the same dwelling, by its `id_pms` or `id_externo` (ruling 6). */
  external_ref: z.string().nullable(),
  units: z.array(unit),
  /**
   * Raised by every change of the property and its units, and by every booking that touches its calendar: what was
   * read at one version may be written while it stands, and not after (`aristay.md` §10.6).
   */
  version: z.int().positive(),
  /** The longest stay there ever was, in seconds: how far before an instant a stay that covers it can begin. */
  longest_stay_s: z.int().nonnegative(),
  ...provenance,
  ...softDeletion,
});
export type Property = z.infer<typeof property>;

/** The units that are there, in natural order of their numbers: `9` before `10` (S15). */
export function liveUnits({ units }: Pick<Property, 'units'>): readonly Unit[] {
  return units.filter(({ deleted_at }) => deleted_at === null).sort(byUnitNumber);
}

const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function byUnitNumber(a: Unit, b: Unit): number {
  return naturally.compare(a.unit_number, b.unit_number) || a.id - b.id;
}

/** The property's zone: its own, else the company's. */
export function zoneOf({ timezone }: Pick<Property, 'timezone'>, companyZone: string): string {
  return timezone ?? companyZone;
}

/** A name or number as uniqueness and imports compare it: letter case does not count. */
export function compared(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

/** The live unit of a number, in any letter case. */
export function unitNumbered(owner: Pick<Property, 'units'>, number: string): Unit | undefined {
  return liveUnits(owner).find(({ unit_number }) => compared(unit_number) === compared(number));
}

/** What a unit shows: closed as stored, else occupied while somebody stays, else as stored (`aristay.md` §3.3). */
export function shownUnitStatus(stored: UnitStatus, occupied: boolean): ShownUnitStatus {
  if (stored === 'inactive' || stored === 'maintenance') return stored;
  return occupied ? 'occupied' : stored;
}

/** How many units there are, and how many of them are not closed for good (`aristay.md` §3.2). */
export function unitTotals(owner: Pick<Property, 'units'>): { total_units: number; active_units: number } {
  const units = liveUnits(owner);
  return { total_units: units.length, active_units: units.filter(({ status }) => status !== 'inactive').length };
}
