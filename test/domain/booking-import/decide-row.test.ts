import { describe, expect, it } from 'vitest';
import { type Booking, createBooking } from '../../../shared/domain/booking/booking.ts';
import { BookingWorld } from '../../../shared/domain/booking-import/booking-world.ts';
import { decideRow } from '../../../shared/domain/booking-import/decide-row.ts';
import { guestChange, isLikelyEncodingIssue } from '../../../shared/domain/booking-import/guest-change.ts';
import { conflictOf } from '../../../shared/domain/booking-import/import-conflict.ts';
import { bookingOfRow, type ImportRow } from '../../../shared/domain/booking-import/import-row.ts';
import type { Property } from '../../../shared/domain/property/property.ts';

const AT = '2025-09-12T08:00:00Z';
const STAMPS = { created_at: AT, created_by: null, modified_at: AT, modified_by: null };
const ALIVE = { deleted_at: null, deleted_by: null, deletion_reason: null };
const NEVER = 9_999_999_999;

const unit = (id: number) => {
  return { id, unit_number: String(100 + id), status: 'available', external_ref: null, ...STAMPS, ...ALIVE } as const;
};
const property = (id: number, units: number): Property => ({
  ...{ id, name: `House ${id}`, address: '', property_type: 'other', timezone: null, external_ref: null },
  ...{ check_in_time: '15:00', check_out_time: '11:00', version: 1, longest_stay_s: 0, ...STAMPS, ...ALIVE },
  units: Array.from({ length: units }, (_, at) => unit(at + 1)),
});
const days = (from: number, to: number) => ({
  check_in_date: `2025-10-${String(from).padStart(2, '0')}T15:00:00Z`,
  check_out_date: `2025-10-${String(to).padStart(2, '0')}T11:00:00Z`,
});
const booking = (id: number, wanted: Partial<Booking> = {}): Booking =>
  createBooking({
    ...{ id, property_id: 1, guest_name: 'Ana', external_code: 'HM1', source: 'airbnb', status: 'confirmed' },
    ...{ external_status: 'Confirmed', created_via: 'api', modified_via: 'api', expires_at: NEVER },
    ...{ ...STAMPS, ...days(1, 4), ...wanted },
  });
const row = (wanted: Partial<ImportRow> = {}): ImportRow => ({
  ...{ row_number: 2, property_id: 1, property_label_raw: '', unit_id: null, guest_name: 'Ana', guest_contact: '' },
  ...{ check_in_hour_known: false, check_out_hour_known: false, external_code: 'HM1', own_code: true },
  ...{ external_status: 'Confirmed', source: 'airbnb', listing_name: '', earnings_amount: null, booked_on: null },
  ...{ adults: 1, children: 0, infants: 0, same_day_note: '', raw_row: {}, expires_at: NEVER },
  ...{ ...days(1, 4), ...wanted },
});

/** What becomes of a row: its kind, the booking met, what differs, and whether a person has to look. */
function decided(wanted: Partial<ImportRow>, standing: readonly Booking[], units = 1) {
  const world = new BookingWorld([property(1, units), property(2, 1)], 'UTC', standing);
  const read = row(wanted);
  const made = bookingOfRow(read, 99, { importId: 'imp_000001', by: 'u', at: AT });
  const decision = decideRow(world, read, made);
  if (decision.kind === 'create') return ['create'];
  if (decision.kind === 'update') return ['update', decision.existing.booking.id];
  return [decision.type, decision.existing.booking.id, decision.types, decision.requiresReview];
}

describe('the first step that hits decides (aristay.md §6.6)', () => {
  it('0: the code on another property is never moved by itself, but for a code that we made up', () => {
    const elsewhere = [booking(5, { property_id: 2 })];
    expect(decided({}, elsewhere)).toEqual(['property_change', 5, ['property_change'], true]);
    expect(decided({ own_code: false }, elsewhere)).toEqual(['create']);
    expect(decided({ source: '' }, [booking(5, { property_id: 2, source: '' })])).toEqual(['create']);
  });

  it('1: the code on the property, in any letter case, whatever the dates; the lowest id of several', () => {
    expect(decided({ external_code: 'hm1' }, [booking(7), booking(5)])).toEqual(['duplicate_booking', 5, [], false]);
    expect(decided(days(20, 22), [booking(5)])).toEqual(['duplicate_booking', 5, ['date_change'], true]);
    expect(decided({ source: 'vrbo', guest_name: 'Bob', ...days(20, 22) }, [booking(5)])).toEqual(['create']);
  });

  it('2: the same guest on the same days, whatever the hour and the code', () => {
    const early = { check_in_date: '2025-10-01T09:00:00Z' };
    expect(decided({ external_code: 'X', guest_name: 'ANA', ...early }, [booking(5)])).toEqual([
      ...['duplicate_booking', 5, [], false],
    ]);
  });

  it('3: the same guest on days that meet others', () => {
    expect(decided({ external_code: 'X', ...days(3, 6) }, [booking(5)])).toEqual([
      ...['date_overlap', 5, ['date_change', 'date_overlap'], true],
    ]);
    expect(decided({ external_code: 'X', ...days(4, 6) }, [booking(5)])).toEqual(['create']);
  });

  it('4: nights that an active booking of the same calendar has', () => {
    const other = { external_code: 'X', guest_name: 'Bob' };
    expect(decided({ ...other, ...days(3, 6) }, [booking(5)])).toEqual([
      ...['date_overlap', 5, ['date_change', 'guest_change', 'date_overlap'], true],
    ]);
    expect(decided({ ...other, external_status: 'Cancelled' }, [booking(5)])).toEqual(['create']);
    expect(decided(other, [booking(5, { status: 'cancelled' })])).toEqual(['create']);
    expect(decided({ ...other, unit_id: 2 }, [booking(5, { unit_id: 1 })], 2)).toEqual(['create']);
    expect(decided(other, [booking(5, { property_id: 2 })])).toEqual(['create']);
  });
});

describe('what differs (aristay.md §6.7)', () => {
  it('the status of a platform alone is taken over, that of a direct booking is looked at', () => {
    expect(decided({ external_status: 'Currently hosting' }, [booking(5)])).toEqual(['update', 5]);
    const direct = { source: 'direct', external_status: 'Booked' };
    expect(decided(direct, [booking(5, { source: 'direct' })])).toEqual([
      ...['duplicate_booking', 5, ['status_change'], true],
    ]);
    expect(decided({ external_status: ' confirmed ' }, [booking(5)])).toEqual(['duplicate_booking', 5, [], false]);
  });

  it('a stay that is on again needs its nights', () => {
    const off = booking(5, { status: 'cancelled', external_status: 'Cancelled' });
    const taken = booking(6, { guest_name: 'Bob', external_code: 'HM2' });
    expect(decided({}, [off])).toEqual(['update', 5]);
    expect(decided({}, [off, taken])).toEqual(['date_overlap', 6, expect.arrayContaining(['date_overlap']), true]);
  });

  it('a name waits for a person', () => {
    expect(decided({ guest_name: 'Anna', external_status: 'x' }, [booking(5)])).toEqual([
      ...['duplicate_booking', 5, ['guest_change', 'status_change'], true],
    ]);
  });
});

describe('what a conflict shows (aristay.md §6.8)', () => {
  it('both sides of what differs, and how sure it is: code, guest, property, and days or a part of them', () => {
    const world = new BookingWorld([property(1, 1)], 'UTC', [booking(5)]);
    const scoreOf = (wanted: Partial<ImportRow>) => {
      const read = row(wanted);
      const made = bookingOfRow(read, 99, { importId: 'imp_000001', by: 'u', at: AT });
      const decision = decideRow(world, read, made);
      if (decision.kind !== 'conflict') throw new Error('That is no conflict');
      return conflictOf(world, { row: read, booking: made }, decision, 0);
    };
    expect(scoreOf({}).confidence_score).toBe(1);
    expect(scoreOf({ guest_name: 'Bob', ...days(3, 6) }).confidence_score).toBe(0.65);
    expect(scoreOf(days(20, 22))).toMatchObject({
      confidence_score: 0.9,
      changes_summary: {
        dates: {
          current: { check_in: '2025-10-01', check_out: '2025-10-04' },
          excel: { check_in: '2025-10-20', check_out: '2025-10-22' },
        },
      },
    });
  });

  it.each([
    ['', 'Ana', 'missing_data'],
    ['Begoña', 'BEGONA', 'diacritics_only'],
    ['Łukasz  Groß', 'lukasz gross', 'diacritics_only'],
    ['MarÃ­a', 'Maria', 'encoding_correction'],
    ['Jon Smith', 'John Smith', 'minor_correction'],
    ['Ana', 'Roberto', 'significant_change'],
  ])('“%s” and “%s”: %s', (current, excel, change) => {
    expect(guestChange(current, excel)).toBe(change);
    expect(isLikelyEncodingIssue(guestChange(current, excel))).toBe(/diacritics|encoding/.test(change));
  });
});
