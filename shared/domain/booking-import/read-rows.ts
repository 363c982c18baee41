import { daysBetween } from '../../platform/calendar/calendar-date.ts';
import { type Cell, cellAt, compactText, EMPTY_CELL, type Row } from '../../platform/spreadsheet/cell.ts';
import type { DateSystem } from '../../platform/spreadsheet/serial-date.ts';
import { sourceSlug } from '../booking/booking-source.ts';
import { expiryOf } from '../booking/retention.ts';
import {
  DEFAULT_CHECK_IN_TIME,
  DEFAULT_CHECK_OUT_TIME,
  type Property,
  type Unit,
  unitNumbered,
  zoneOf,
} from '../property/property.ts';
import type { ImportColumns, ImportField } from './import-columns.ts';
import { type ReadDate, readImportDate } from './import-dates.ts';
import { type Finding, type ImportRow, localDays } from './import-row.ts';
import { amountOf, generatedCode, isOwnCode, peopleOf } from './normalise.ts';
import type { LabelMatch } from './property-labels.ts';

/** Longest text of each field (`aristay.md` §3.4). */
const LONGEST: Partial<Record<ImportField, number>> = {
  guest_name: 200,
  guest_contact: 200,
  external_code: 100,
  external_status: 100,
  source: 50,
  listing_name: 200,
  property_label: 200,
  unit: 20,
  same_day_note: 1_000,
};

/** What a formula prints that has nothing to say, and the columns that real files fill down with formulas. */
const NOTHING = '0';
const FORMULAS: ReadonlySet<string> = new Set<ImportField>(['source', 'same_day_note']);

/** Of the row as it came, kept for audit: enough for every file that people fill in. */
const RAW_CHARACTERS = 200;
const RAW_COLUMNS = 60;
/** What would be deleted before anybody could look at the import is not taken. */
const LEAST_LIFE_S = 86_400;

/** What reading rows needs to know. */
export interface ReadingContext {
  readonly empresaId: string;
  readonly columns: ImportColumns;
  readonly dateSystem: DateSystem;
  readonly companyZone: string;
  /** How long bookings are kept (ruling 8). */
  readonly retentionMonths: number;
  readonly nowSeconds: number;
  /** The property of every row; absent where rows name theirs. */
  readonly property: Property | undefined;
  readonly match: (label: string) => LabelMatch;
}

/** What a file says, row by row. */
export interface ReadRows {
  /** Rows that can be imported, in file order. */
  readonly rows: readonly ImportRow[];
  /** Why others cannot; a row may have several. */
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Rows with anything in them. */
  readonly total: number;
}

/** The rows in which a column that we know says something: the others are neither read nor counted. */
export function filledRows({ of }: ImportColumns, body: readonly Row[]): readonly Row[] {
  const known = Object.entries(of);
  const saysSomething = (row: Row, field: string) => (column: number) => {
    const text = compactText(cellAt(row, column));
    return text !== '' && !(text === NOTHING && FORMULAS.has(field));
  };
  return body.filter((row) => known.some(([field, columns]) => columns.some(saysSomething(row, field))));
}

/** Reads the rows under the header. @param body those that are filled */
export function readRows(context: ReadingContext, body: readonly Row[]): ReadRows {
  const read: { rows: ImportRow[]; errors: Finding[]; warnings: Finding[] } = { rows: [], errors: [], warnings: [] };
  for (const row of body) {
    const reader = new RowReader(context, row);
    const made = reader.read();
    if (made !== undefined && reader.errors.length === 0) read.rows.push(made);
    read.errors.push(...reader.errors);
    read.warnings.push(...reader.warnings);
  }
  return { ...read, total: body.length };
}

/** The labels of a file, each once, as they are written. */
export function labelsIn(columns: ImportColumns, body: readonly Row[]): readonly string[] {
  const labels = body.map((row) => columns.of.property_label.map((column) => compactText(cellAt(row, column))));
  return [...new Set(labels.map((texts) => texts.find((text) => text !== '') ?? ''))].filter((label) => label !== '');
}

class RowReader {
  readonly errors: Finding[] = [];
  readonly warnings: Finding[] = [];
  readonly #context: ReadingContext;
  readonly #row: Row;

  constructor(context: ReadingContext, row: Row) {
    this.#context = context;
    this.#row = row;
  }

  /** @returns undefined where too little could be read; what else is wrong stands in `errors` */
  read(): ImportRow | undefined {
    const { empresaId, companyZone } = this.#context;
    const guest_name = this.#text('guest_name');
    if (guest_name === '') this.#error('guest_name', 'The guest name is blank.');
    const property = this.#property();
    if (property === undefined) return undefined;
    const zone = zoneOf(property, companyZone);
    const dates = this.#dates(property, zone);
    const unit = this.#unit(property);
    const texts = this.#texts();
    if (dates === undefined) return undefined;
    const code = texts.external_code;
    const own_code = isOwnCode(code);
    const { arrival } = localDays(dates, zone);
    return {
      ...dates,
      ...texts,
      row_number: this.#row.number,
      property_id: property.id,
      unit_id: unit?.id ?? null,
      guest_name,
      external_code: own_code
        ? code
        : generatedCode({ empresaId, propertyId: property.id, guestName: guest_name, checkIn: arrival }),
      own_code,
      ...this.#facts(zone),
      raw_row: this.#raw(),
    };
  }

  #property(): Property | undefined {
    const { property, match, columns } = this.#context;
    const label = this.#text('property_label');
    const matched = label === '' ? undefined : match(label);
    if (property === undefined) {
      if (matched?.kind === 'found') return matched.property;
      if (matched === undefined) this.#error('property_label', 'The property is blank.');
      else if (matched.kind === 'ambiguous')
        this.#error('property_label', `ambiguous property: “${label}” fits several.`);
      else this.#error('property_label', `There is no property “${label}”.`);
      return undefined;
    }
    if (matched?.kind === 'found' && matched.property.id !== property.id) {
      this.#error('property_label', `property_mismatch: the row names “${matched.property.name}”.`);
    } else if (matched?.kind !== 'found' && columns.of.property_label.length > 0) {
      const what = label === '' ? 'The property is blank' : `No property is called “${label}”`;
      this.#warning('property_label', `${what}; the row is taken for “${property.name}”.`);
    }
    return property;
  }

  #dates(property: Property, zone: string) {
    const { retentionMonths, nowSeconds } = this.#context;
    const start = this.#date('start_date', property.check_in_time || DEFAULT_CHECK_IN_TIME, zone);
    const end = this.#date('end_date', property.check_out_time || DEFAULT_CHECK_OUT_TIME, zone);
    if (start === undefined || end === undefined) return undefined;
    if (end.instant <= start.instant) return this.#error('end_date', 'The end is not after the start.');
    const expires_at = expiryOf(end.instant, retentionMonths);
    if (expires_at < nowSeconds + LEAST_LIFE_S) {
      return this.#error('end_date', `Bookings are kept for ${retentionMonths} months after check-out.`);
    }
    const dates = {
      check_in_date: start.instant,
      check_out_date: end.instant,
      check_in_hour_known: start.hourKnown,
      check_out_hour_known: end.hourKnown,
      expires_at,
    };
    this.#compareNights(dates, zone);
    return dates;
  }

  #date(field: 'start_date' | 'end_date', defaultTime: string, zone: string): ReadDate | undefined {
    const { dateSystem } = this.#context;
    const cell = this.#cell(field);
    if (compactText(cell) === '') return this.#error(field, 'The date is missing.');
    const read = readImportDate(cell, { dateSystem, zone, defaultTime });
    return read ?? this.#error(field, 'This is no date; write it as YYYY-MM-DD.');
  }

  #compareNights(dates: Pick<ImportRow, 'check_in_date' | 'check_out_date'>, zone: string): void {
    const told = compactText(this.#cell('nights'));
    if (told === '') return;
    const { arrival, departure } = localDays(dates, zone);
    const nights = Math.max(1, daysBetween(arrival, departure));
    if (Number(told) !== nights) this.#warning('nights', `The dates make ${nights} nights, which is what counts.`);
  }

  #unit(property: Property): Unit | undefined {
    const number = this.#text('unit');
    if (number === '') return undefined;
    const unit = unitNumbered(property, number);
    if (unit === undefined) this.#error('unit', `“${property.name}” has no such unit.`);
    return unit;
  }

  #texts() {
    const note = [...new Set(this.#values('same_day_note').filter((text) => text !== NOTHING))].join(' | ');
    const source = this.#text('source');
    return {
      property_label_raw: this.#text('property_label'),
      external_code: this.#text('external_code'),
      external_status: this.#text('external_status'),
      guest_contact: this.#text('guest_contact'),
      source: source === NOTHING ? '' : sourceSlug(source),
      listing_name: this.#text('listing_name'),
      same_day_note: this.#fitting('same_day_note', note),
    };
  }

  #facts(zone: string) {
    const { dateSystem } = this.#context;
    const [earnings, booked] = [this.#text('earnings_amount'), this.#cell('booked_on')];
    const amount = earnings === '' ? undefined : amountOf(earnings);
    if (earnings !== '' && amount === undefined) this.#warning('earnings_amount', 'This is no amount; it is left out.');
    const hasBooked = compactText(booked) !== '';
    const bookedOn = hasBooked ? readImportDate(booked, { dateSystem, zone, defaultTime: '00:00' }) : undefined;
    if (hasBooked && bookedOn === undefined) this.#warning('booked_on', 'This is no date; it is left out.');
    return {
      earnings_amount: amount ?? null,
      booked_on: bookedOn?.instant ?? null,
      adults: peopleOf(this.#text('adults'), 1),
      children: peopleOf(this.#text('children'), 0),
      infants: peopleOf(this.#text('infants'), 0),
    };
  }

  #raw(): Record<string, string> {
    const { titles } = this.#context.columns;
    const told = titles.slice(0, RAW_COLUMNS).map(({ column, title }) => {
      return [title.slice(0, RAW_CHARACTERS), compactText(cellAt(this.#row, column)).slice(0, RAW_CHARACTERS)] as const;
    });
    return Object.fromEntries(told.filter(([, text]) => text !== ''));
  }

  /** The first cell of the field's columns that has a value. */
  #cell(field: ImportField): Cell {
    const cells = this.#context.columns.of[field].map((column) => cellAt(this.#row, column));
    return cells.find((cell) => compactText(cell) !== '') ?? EMPTY_CELL;
  }

  #values(field: ImportField): readonly string[] {
    const texts = this.#context.columns.of[field].map((column) => compactText(cellAt(this.#row, column)));
    return texts.filter((text) => text !== '');
  }

  #text(field: ImportField): string {
    return this.#fitting(field, compactText(this.#cell(field)));
  }

  #fitting(field: ImportField, text: string): string {
    const most = LONGEST[field];
    if (most === undefined || text.length <= most) return text;
    const said = this.errors.some((error) => error.field === field);
    if (!said) this.#error(field, `Ensure this field has no more than ${most} characters.`);
    return text.slice(0, most);
  }

  #error(field: string, message: string): undefined {
    this.errors.push({ row_number: this.#row.number, field, message });
    return undefined;
  }

  #warning(field: string, message: string): void {
    this.warnings.push({ row_number: this.#row.number, field, message });
  }
}
