import { BookingRepository } from '../../../shared/domain/booking/booking.repository.ts';
import { calendarOf } from '../../../shared/domain/booking/overlap.ts';
import {
  CalendarLinkRepository,
  findCalendarOwner,
} from '../../../shared/domain/calendar-link/calendar-link.repository.ts';
import { unitCalendar } from '../../../shared/domain/calendar-link/unit-calendar.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import { liveUnits, type Property, zoneOf } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { notFound } from './calendar-deps.ts';

interface Deps {
  readonly table: Table;
  readonly keys: TenantKeys;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
/** What channels look at: stays that are not over, and those of the next two years. */
const [DAYS_BACK, DAYS_AHEAD] = [1, 731];

/**
 * The calendar that an address shows, to whoever has the address.
 * @param file the token and `.ics`
 * @throws AppError `not_found` for an address of nobody, of a unit that is gone, or of a company that is switched off
 */
export async function readCalendar({ table, keys, now }: Deps, file: string): Promise<string> {
  const owner = await findCalendarOwner(table, file.slice(0, -'.ics'.length));
  if (owner === undefined) throw notFound();
  const scope = new TenantScope(table, owner.empresaId);
  const [company, link] = await Promise.all([
    new CompanyRepository(scope).find(),
    new CalendarLinkRepository(scope).find(owner.linkId),
  ]);
  if (!company?.activa || link === undefined) throw notFound();
  const property = await new PropertyRepository(scope).find(link.property_id);
  if (property === undefined || !hasUnit(property, link.unit_id)) throw notFound();
  const guestKey = () => keys.dataKey(scope, 'guest-data');
  const bookings = new BookingRepository({ scope, guestKey, now });
  const dayFrom = (days: number) => toUtcIso(new Date(now.getTime() + days * DAY_MS));
  const staying = await bookings.listStaying(property, { from: dayFrom(-DAYS_BACK), to: dayFrom(DAYS_AHEAD) });
  const calendar = calendarOf(property, { unit_id: link.unit_id });
  const here = calendar === undefined ? [] : staying.filter((stay) => calendarOf(property, stay) === calendar);
  const number = property.units.find(({ id }) => id === link.unit_id)?.unit_number;
  const name = number === undefined || liveUnits(property).length === 1 ? property.name : `${property.name} ${number}`;
  const zone = zoneOf(property, company.zona_horaria);
  return unitCalendar({ empresaId: scope.empresaId, name, zone }, await bookings.open(here));
}

function hasUnit(property: Property, unitId: number | null): boolean {
  return unitId === null || liveUnits(property).some(({ id }) => id === unitId);
}
