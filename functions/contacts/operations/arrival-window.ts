import { serviceDateOf } from '../../../shared/domain/arrival/service-day.ts';
import type { StayWindow } from '../../../shared/domain/pms/pms-client.ts';
import { addDays, daysBetween } from '../../../shared/platform/calendar/calendar-date.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { DatesBody } from '../schemas.ts';

const DEFAULT_DAYS = 365;
/** Two years: no PMS holds reservations for longer, and a slip of the keyboard asks for a thousand (D-52). */
const MOST_DAYS = 731;

/**
 * The check-in dates that are asked for, a year from the company's service day on unless said otherwise.
 * @throws AppError `invalid` for dates the wrong way round or too far apart
 */
export function arrivalWindow({ desde, hasta }: DatesBody, now: Date, zone: string): StayWindow {
  const today = serviceDateOf(now, zone);
  const from = desde ?? today;
  const to = hasta ?? addDays(from > today ? from : today, DEFAULT_DAYS);
  const days = daysBetween(from, to);
  const issue = (message: string) => new AppError('invalid', message, { issues: [{ field: 'hasta', message }] });
  if (days < 0) throw issue('No puede ser anterior a «desde».');
  if (days > MOST_DAYS) throw issue('No puede estar a más de dos años de «desde».');
  return { from, to };
}
