import { bookingWriterOf } from '../../shared/composition/booking-writer-of.ts';
import { type Booking, createBooking } from '../../shared/domain/booking/booking.ts';
import type { BookingWriter } from '../../shared/domain/booking/booking-writer.repository.ts';
import { expiryOf } from '../../shared/domain/booking/retention.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import type { Property, Unit } from '../../shared/domain/property/property.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { TestCloud } from './test-cloud.ts';

const STAMP = '2026-05-01T10:00:00Z';
const MADE = { created_at: STAMP, created_by: null, modified_at: STAMP, modified_by: null };
const ALIVE = { deleted_at: null, deleted_by: null, deletion_reason: null };

/** Builders of one company's properties and bookings, through the repositories that the functions use. */
export class GivenBookings {
  readonly scope: TenantScope;
  readonly properties: PropertyRepository;
  readonly #cloud: TestCloud;

  constructor(cloud: TestCloud, companyId: string) {
    this.#cloud = cloud;
    this.scope = new TenantScope(cloud.table, companyId);
    this.properties = new PropertyRepository(this.scope);
  }

  /** The company's bookings at an instant of its own, or at the cloud's. */
  bookings(now = this.#cloud.cloud.now()): BookingWriter {
    const keys = tenantKeys('alias/stay-ops-local', { now: () => now });
    const { scope } = this;
    const guestKey = () => keys.dataKey(scope, 'guest-data');
    return bookingWriterOf({ scope, guestKey, now });
  }

  /** @param unitNumbers a unit for each */
  async aProperty(wanted: Partial<Property> = {}, unitNumbers: readonly string[] = ['101']): Promise<Property> {
    const id = await nextNumbers(this.scope, 'property', 1);
    const first = await nextNumbers(this.scope, 'unit', Math.max(1, unitNumbers.length));
    const units = unitNumbers.map((unit_number, at): Unit => {
      return { id: first + at, unit_number, status: 'available', external_ref: null, ...MADE, ...ALIVE };
    });
    const property: Property = {
      id,
      name: `Lake House ${id}`,
      address: '12 Lake Rd, Tampa, FL',
      property_type: 'house',
      check_in_time: '15:00',
      check_out_time: '11:00',
      timezone: null,
      external_ref: null,
      units,
      version: 1,
      longest_stay_s: 0,
      ...MADE,
      ...ALIVE,
      ...wanted,
    };
    await this.properties.create(property);
    return property;
  }

  /** A booking that is not written yet. */
  async draft(property: Pick<Property, 'id'>, wanted: Partial<Booking> = {}): Promise<Booking> {
    const dates = { check_in_date: '2026-06-10T13:00:00Z', check_out_date: '2026-06-15T09:00:00Z', ...wanted };
    return createBooking({
      id: await nextNumbers(this.scope, 'booking', 1),
      property_id: property.id,
      guest_name: 'A. Guest',
      created_via: 'api',
      modified_via: 'api',
      expires_at: expiryOf(dates.check_out_date, 24),
      ...MADE,
      ...wanted,
      ...dates,
    });
  }

  /** A booking, written without a look at what it may meet. */
  async aBooking(property: Pick<Property, 'id'>, wanted: Partial<Booking> = {}): Promise<Booking> {
    const booking = await this.draft(property, wanted);
    const seen = await this.properties.find(property.id);
    await this.bookings().apply([{ kind: 'create', booking }], seen === undefined ? [] : [seen]);
    return booking;
  }
}
