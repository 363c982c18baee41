import { describe, expect, it } from 'vitest';
import { sourceSlug } from '../../../shared/domain/booking/booking-source.ts';
import { guestChange } from '../../../shared/domain/booking-import/guest-change.ts';
import {
  type ImportField,
  importColumns,
  missingHeaders,
} from '../../../shared/domain/booking-import/import-columns.ts';
import { readImportDate } from '../../../shared/domain/booking-import/import-dates.ts';
import {
  amountOf,
  generatedCode,
  isOwnCode,
  peopleOf,
  statusOfText,
} from '../../../shared/domain/booking-import/normalise.ts';
import type { Cell } from '../../../shared/platform/spreadsheet/cell.ts';

const text = (value: string): Cell => (value === '' ? { kind: 'empty' } : { kind: 'text', value });
const columnsOf = (...titles: readonly string[]) => importColumns({ number: 1, cells: titles.map(text) });

/** `aristay.md` §6.3, as it stands there: the headers of real files, and the others that are taken. */
const HEADERS: Readonly<Record<ImportField, readonly string[]>> = {
  external_code: ['Confirmation code', 'confirmation', 'booking code', 'reservation code', 'external code', 'code'],
  external_status: ['Status', 'booking status', 'external status'],
  guest_name: ['Guest name', 'guest', 'name'],
  guest_contact: ['Contact', 'guest contact', 'phone', 'email', 'guest email'],
  source: ['Booking source', 'Airbnb/VRBO', 'source', 'channel', 'platform'],
  listing_name: ['Listing', 'listing name'],
  earnings_amount: ['Earnings', 'amount', 'payout', 'total'],
  booked_on: ['Booked', 'booked on', 'booking date'],
  adults: ['# of adults', 'adults'],
  children: ['# of children', 'children'],
  infants: ['# of infants', 'infants'],
  start_date: ['Start date', 'check in', 'check in date', 'checkin', 'arrival', 'Check-in', 'CHECK_IN'],
  end_date: ['End date', 'check out', 'check out date', 'checkout', 'departure', 'Check-Out'],
  nights: ['# of nights', 'nights'],
  property_label: ['Properties', 'property', 'property name'],
  unit: ['unit', 'unit number', 'room'],
  same_day_note: ['Check ', 'Check 1'],
};

describe('the header of a file (aristay.md §6.3)', () => {
  it.each(Object.entries(HEADERS))('%s is found under each of its names', (field, titles) => {
    for (const title of titles) {
      const { of } = columnsOf('', title);
      const found = Object.entries(of).filter(([, columns]) => columns.length > 0);
      expect([title, found]).toEqual([title, [[field, [1]]]]);
    }
  });

  it('knows nothing of the other columns of real files', () => {
    const { of } = columnsOf(
      'Walk Through before guest check in',
      'Clean up after guests check out',
      'Check for conflicts',
    );
    expect(Object.values(of).flat()).toEqual([]);
  });

  it('is looked through in the order of the names, and needs guest, start, end and, by label, the property', () => {
    expect(columnsOf('Airbnb/VRBO', 'Booking source').of.source).toEqual([1, 0]);
    expect(missingHeaders(columnsOf('Guest name'), false)).toEqual(['Start date', 'End date']);
    expect(missingHeaders(columnsOf('name', 'arrival', 'departure'), true)).toEqual(['Properties']);
  });
});

describe('a date of a file (aristay.md §6.4)', () => {
  const context = { dateSystem: 1900, zone: 'Europe/Madrid', defaultTime: '15:00' } as const;
  const at3pm = { instant: '2026-07-03T13:00:00Z', hourKnown: false };

  it.each([
    '2026-07-03',
    '2026/07/03',
    '2026/7/3',
    '07/03/2026',
    '7/3/2026',
    '3 Jul 2026',
    '03 July 2026',
    'Jul 3, 2026',
    'July 3 2026',
  ])('%j is a day with the hour of the property', (value) =>
    expect(readImportDate(text(value), context)).toEqual(at3pm),
  );

  it.each([
    ['13/07/2026', '2026-07-13T13:00:00Z'],
    ['07/13/2026', '2026-07-13T13:00:00Z'],
    ['12/01/2026', '2026-12-01T14:00:00Z'],
  ])('%j is month first unless it cannot be', (value, instant) =>
    expect(readImportDate(text(value), context)).toEqual({ instant, hourKnown: false }),
  );

  it.each([
    ['2026-07-03T16:30', '2026-07-03T14:30:00Z'],
    ['2026-07-03 16:30:00', '2026-07-03T14:30:00Z'],
    ['2026-07-03T16:30:00Z', '2026-07-03T16:30:00Z'],
    ['2026-07-03T16:30:00-04:00', '2026-07-03T20:30:00Z'],
  ])('%j has an hour of its own', (value, instant) =>
    expect(readImportDate(text(value), context)).toEqual({ instant, hourKnown: true }),
  );

  it('is a serial number too, of either date system', () => {
    const days = (value: number, dateSystem: 1900 | 1904) =>
      readImportDate({ kind: 'number', value }, { ...context, dateSystem });
    expect(days(46_206, 1900)).toEqual(at3pm);
    expect(days(46_206 - 1_462, 1904)).toEqual(at3pm);
    expect(days(46_206.6875, 1900)).toEqual({ instant: '2026-07-03T14:30:00Z', hourKnown: true });
    expect(readImportDate({ kind: 'dateTime', value: '2026-07-03T00:00:00' }, context)).toEqual(at3pm);
  });

  it.each(['', 'soon', '31/02/2026', '2026-02-30', '13/13/2026', '3 Foo 2026', '0000-01-01', '99999'])(
    '%j is none',
    (value) => expect(readImportDate(text(value), context)).toBeUndefined(),
  );
});

describe('what a file says is brought into our words (aristay.md §6.4, §6.5)', () => {
  it.each([
    ['Airbnb', 'airbnb'],
    [' VRBO ', 'vrbo'],
    ['HomeAway', 'vrbo'],
    ['Booking.com', 'booking_com'],
    ['booking', 'booking_com'],
    ['Expedia', 'expedia'],
    ['Direct', 'direct'],
    ['Directly', 'direct'],
    ['Owner', 'owner'],
    ['Owner staying', 'owner_staying'],
    ['Trip Advisor', 'trip_advisor'],
    ['', ''],
  ])('the source %j is %j', (given, slug) => expect(sourceSlug(given)).toBe(slug));

  it.each([
    ['Cancelled by guest', 'cancelled'],
    ['canceled', 'cancelled'],
    ['Completed', 'completed'],
    ['checked out', 'completed'],
    ['Checked_out', 'completed'],
    ['Owner staying', 'owner_staying'],
    ['owner_staying', 'owner_staying'],
    ['Currently hosting', 'currently_hosting'],
    ['Checked in', 'currently_hosting'],
    ['Checking out today', 'currently_hosting'],
    ['Pending', 'booked'],
    ['requested', 'booked'],
    ['Booked', 'booked'],
    ['Confirmed', 'confirmed'],
    ['accepted', 'confirmed'],
    ['whatever', 'confirmed'],
    ['Cancelled, was confirmed', 'cancelled'],
    ['  ', 'booked'],
  ])('the status %j is %s', (given, status) => expect(statusOfText(given)).toBe(status));

  it.each([
    ['$1,250.5', '1250.50'],
    ['€ 412.50', '412.50'],
    ['1234', '1234.00'],
    ['1,234,567.891', '1234567.89'],
    ['-50', '-50.00'],
    ['412,50 €', '412.50'],
    ['1.250,50 €', '1250.50'],
    ['soon', undefined],
    ['1,25,0', undefined],
    ['123456789', undefined],
    ['', undefined],
  ])('the amount %j is %s', (given, amount) => expect(amountOf(given)).toBe(amount));

  it('people are counted, one adult where nothing can be read', () => {
    expect(['2', '', 'two', '-3', '2.5', '0'].map((given) => peopleOf(given, 1))).toEqual([2, 1, 1, 1, 1, 0]);
    expect(['2', '', 'two', '-3'].map((given) => peopleOf(given, 0))).toEqual([2, 0, 0, 0]);
  });

  it('words that stand in the code column of every direct row are no codes', () => {
    const words = ['Directly', 'direct', 'Owner Staying', 'owner', 'walk-in', 'PHONE', 'email', ''];
    expect(words.map(isOwnCode)).toEqual(words.map(() => false));
    expect(isOwnCode('HMABC12345')).toBe(true);
  });

  it('a code is made of company, property, guest and day, as anybody can reckon (SHA-256)', () => {
    const row = { empresaId: 'company', propertyId: 3, guestName: 'Ana', checkIn: '2026-07-03' };
    const code = generatedCode(row);
    expect(code).toBe('DIR-A869177E');
    expect(generatedCode({ ...row, guestName: 'ANA' })).toBe(code);
    expect(generatedCode({ ...row, propertyId: 4 })).not.toBe(code);
  });

  it.each([
    ['', 'Ana', 'missing_data'],
    ['José Núñez', 'Jose  Nunez', 'diacritics_only'],
    ['Søren Weiß', 'Soren Weiss', 'diacritics_only'],
    ['JosÃ© Pérez', 'Jose Perez', 'encoding_correction'],
    ['Maria Lopez', 'Mario Lopez', 'minor_correction'],
    ['Ana', 'Bartholomew', 'significant_change'],
  ])('%j as %j is a %s (§6.8)', (current, excel, change) => expect(guestChange(current, excel)).toBe(change));
});
