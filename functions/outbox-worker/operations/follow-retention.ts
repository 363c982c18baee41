import { BookingRetentionRepository } from '../../../shared/domain/booking/booking-retention.repository.ts';
import { expiryOf } from '../../../shared/domain/booking/retention.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import type { Turn } from '../../../shared/domain/outbox/work-on-entry.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly keys: TenantKeys;
  readonly clock: Clock;
}

/** Within the lease of an entry and the function's own time. */
const TURN_MS = 20_000;

/**
 * Brings the bookings of a company to the retention that it has now, whichever it had when the work was asked for
 * (ruling 8). What is right already is not written, so that a turn goes on where another stopped.
 */
export async function followRetention({ keys, clock }: Deps, scope: TenantScope): Promise<Turn> {
  const company = await new CompanyRepository(scope).find();
  if (company === undefined) return 'done';
  const months = company.retencion_meses;
  const bookings = new BookingRetentionRepository(scope, () => keys.dataKey(scope, 'guest-data'));
  const end = clock.now().getTime() + TURN_MS;
  for await (const stored of bookings.listOff(months)) {
    if (clock.now().getTime() > end) return 'again';
    await bookings.setTime(stored, expiryOf(stored.check_out_date, months));
  }
  return 'done';
}
