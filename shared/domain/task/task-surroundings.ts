import type { Item, Key } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { bookingIdKey } from '../booking/booking.keys.ts';
import { bookingOutline } from '../booking/booking.ts';
import { bookingWindow } from '../booking/booking-window.ts';
import { companyKey } from '../company/company.keys.ts';
import { DEFAULT_ZONE } from '../company/company.ts';
import { propertyKey } from '../property/property.keys.ts';
import { taskCountKey } from './task.keys.ts';
import type { Task } from './task.ts';
import { readTotal, TOTAL } from './task-counts.ts';

type Placed = Pick<Task, 'property_id' | 'booking_id'>;

/** What tasks show of what they are about, and how many tasks there are. */
export interface TaskSurroundings {
  readonly count: number;
  nameOf(task: Placed): string | null;
  /** The days of the booking (`aristay.md` S6); null without one, and for one that is gone. */
  windowOf(task: Placed): string | null;
}

const bookingDays = bookingOutline.pick({ check_in_date: true, check_out_date: true, expires_at: true });

/** What is looked at of these rows: a property of many units is a long row, and all of it is not wanted. */
const LOOKED_AT = ['pk', 'sk', 'name', 'timezone', 'zona_horaria', TOTAL, ...Object.keys(bookingDays.shape)];

/** Rows of one request: what stands around a page of fifty tasks fits, of a hundred it takes two or three at once. */
const MOST_ROWS = 100;

/** What stands around some tasks: properties, bookings and the company's count, by one request. */
export async function findSurroundings(
  { empresaId, table }: TenantScope,
  tasks: readonly Placed[],
  now: Date,
): Promise<TaskSurroundings> {
  const properties = new Set(tasks.flatMap(({ property_id }) => property_id ?? []));
  const bookings = new Set(tasks.flatMap(({ booking_id }) => booking_id ?? []));
  const keys = [
    taskCountKey(empresaId, 'ALL'),
    // Its zone is that of properties that have none of their own.
    ...(bookings.size > 0 ? [companyKey(empresaId)] : []),
    ...[...properties].map((id) => propertyKey(empresaId, id)),
    ...[...bookings].map((id) => bookingIdKey(empresaId, id)),
  ];
  const pages = Array.from({ length: Math.ceil(keys.length / MOST_ROWS) }, (_, at) =>
    table.getMany(keys.slice(at * MOST_ROWS, (at + 1) * MOST_ROWS), { consistent: true, attributes: LOOKED_AT }),
  );
  const rows = new Map((await Promise.all(pages)).flat().map((row) => [pathOf(row), row]));
  const rowOf = (key: Key) => rows.get(pathOf(key));
  return surroundings(empresaId, rowOf, now);
}

function pathOf({ pk, sk }: Key | Item): string {
  return `${pk}/${sk}`;
}

function surroundings(empresaId: string, rowOf: (key: Key) => Item | undefined, now: Date): TaskSurroundings {
  const homeOf = ({ property_id }: Placed) =>
    property_id === null ? undefined : rowOf(propertyKey(empresaId, property_id));
  return {
    count: readTotal(rowOf(taskCountKey(empresaId, 'ALL'))),
    nameOf: (task) => textOf(homeOf(task)?.name) ?? null,
    windowOf: (task) => {
      const row = task.booking_id === null ? undefined : rowOf(bookingIdKey(empresaId, task.booking_id));
      if (row === undefined) return null;
      const booking = bookingDays.parse(row);
      if (booking.expires_at <= now.getTime() / 1_000) return null;
      const zone = textOf(homeOf(task)?.timezone) ?? textOf(rowOf(companyKey(empresaId))?.zona_horaria);
      return bookingWindow(booking, zone ?? DEFAULT_ZONE);
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
