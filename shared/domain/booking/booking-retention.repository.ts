import type { DataKey } from '../../platform/crypto/sealed.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { Condition, Key } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { bookingCodeKey, bookingIdKey, bookingKey, bookingPartition } from './booking.keys.ts';
import { type StoredBooking, storedBooking } from './booking.ts';
import { expiryOf } from './retention.ts';
import { codeOf, openBooking } from './sealed-booking.ts';

/** When the bookings of one company go for good, deleted ones too: they hold their guests until then. */
export class BookingRetentionRepository {
  readonly #scope: TenantScope;
  readonly #guestKey: () => Promise<DataKey>;

  constructor(scope: TenantScope, guestKey: () => Promise<DataKey>) {
    this.#scope = scope;
    this.#guestKey = guestKey;
  }

  /** The bookings whose time does not follow from this many months, page after page. */
  async *listOff(months: number): AsyncGenerator<StoredBooking> {
    const query = { pk: bookingPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) {
      const stored = storedBooking.parse(row);
      if (stored.expires_at !== expiryOf(stored.check_out_date, months)) yield stored;
    }
  }

  /** Gives a booking and what goes with it another time; one that moved or went meanwhile is left as it is. */
  async setTime(stored: StoredBooking, expiresAt: number): Promise<void> {
    const { empresaId } = this.#scope;
    const asSeen = { expression: 'check_out_date = :out', values: { ':out': stored.check_out_date } };
    await this.#set(bookingIdKey(empresaId, stored.id), expiresAt, asSeen);
    const key = await this.#guestKey();
    const code = codeOf(key, openBooking(key, stored));
    if (code !== undefined) {
      const own = { expression: 'booking_id = :id', values: { ':id': stored.id } };
      await this.#set(bookingCodeKey(empresaId, code, stored.property_id), expiresAt, own);
    }
    // Last, because it is what tells whether the others are still to be done.
    await this.#set(bookingKey(empresaId, stored), expiresAt, asSeen);
  }

  async #set(key: Key, expiresAt: number, condition: Condition): Promise<void> {
    const update = { expression: 'SET expires_at = :at', values: { ':at': expiresAt } };
    try {
      await this.#scope.table.write({ kind: 'update', key, update, condition });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }
}
