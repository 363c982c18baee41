import type { BookingOutline } from '../../../shared/domain/booking/booking.ts';
import { taskNamed } from '../../../shared/domain/turnover/turnover.ts';
import { breachOf } from '../../../shared/domain/turnover/turnover-gap.ts';
import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { GapRow, GapsQuery } from '../schemas.ts';
import type { TurnoverDeps } from './list-turnovers.ts';

interface Deps extends TurnoverDeps {
  readonly bookings: { listOutlines(): Promise<readonly BookingOutline[]> };
}

/**
 * The check-outs that are not as they must be. What is read is not of one instant, so that whatever changes meanwhile
 * may show: everything that looks wrong is read once more.
 * @throws AppError `not_found` for a page that does not exist
 */
export async function listGaps(deps: Deps, asked: GapsQuery): Promise<NumberedPage<GapRow>> {
  const first = await gapsNow(deps);
  const again = first.length === 0 ? [] : await gapsNow(deps);
  const lasting = again.filter((gap) => first.some(({ id }) => id === gap.id));
  return pageOf(
    orderRows(lasting, asked.ordering, (row, key) => row[key]),
    asked,
  );
}

async function gapsNow({ bookings, turnovers, tasks }: Deps): Promise<readonly GapRow[]> {
  const [booked, rows, standing] = await Promise.all([bookings.listOutlines(), turnovers.list(), tasks.listAll()]);
  const turnoverOf = new Map(rows.map((row) => [row.booking_id, row]));
  const taskOf = new Map(standing.map((task) => [task.id, task]));
  return booked.flatMap((booking): readonly GapRow[] => {
    const turnover = turnoverOf.get(booking.id);
    const task = taskNamed(taskOf, turnover?.task_id, booking.id);
    const breach = breachOf(booking, turnover, task);
    const { id, property_id: property, check_out_date } = booking;
    return breach === undefined ? [] : [{ id, booking: id, property, check_out_date, task: task?.id ?? null, breach }];
  });
}
