import { cellAt, compactText, type Row } from '../../platform/spreadsheet/cell.ts';

/** What a column of the file may hold (`aristay.md` §6.3). */
export type ImportField =
  | 'external_code'
  | 'external_status'
  | 'guest_name'
  | 'guest_contact'
  | 'source'
  | 'listing_name'
  | 'earnings_amount'
  | 'booked_on'
  | 'adults'
  | 'children'
  | 'infants'
  | 'start_date'
  | 'end_date'
  | 'nights'
  | 'property_label'
  | 'unit'
  | 'same_day_note';

/** Headers of each field after normalisation; those of the original first, because the first that has a value wins. */
const HEADERS: Readonly<Record<ImportField, readonly string[]>> = {
  external_code: ['confirmation code', 'confirmation', 'booking code', 'reservation code', 'external code', 'code'],
  external_status: ['status', 'booking status', 'external status'],
  guest_name: ['guest name', 'guest', 'name'],
  guest_contact: ['contact', 'guest contact', 'phone', 'email', 'guest email'],
  source: ['booking source', 'airbnb vrbo', 'source', 'channel', 'platform'],
  listing_name: ['listing', 'listing name'],
  earnings_amount: ['earnings', 'amount', 'payout', 'total'],
  booked_on: ['booked', 'booked on', 'booking date'],
  adults: ['of adults', 'adults'],
  children: ['of children', 'children'],
  infants: ['of infants', 'infants'],
  start_date: ['start date', 'check in', 'check in date', 'checkin', 'arrival'],
  end_date: ['end date', 'check out', 'check out date', 'checkout', 'departure'],
  nights: ['of nights', 'nights'],
  property_label: ['properties', 'property', 'property name'],
  unit: ['unit', 'unit number', 'room'],
  same_day_note: ['check', 'check 1'],
};

const FIELDS = Object.keys(HEADERS) as readonly ImportField[];

/** Columns of each field by index, in the order in which their values are looked at. */
export interface ImportColumns {
  readonly of: Readonly<Record<ImportField, readonly number[]>>;
  /** Every column with a header, for keeping the row as it came. */
  readonly titles: readonly { readonly column: number; readonly title: string }[];
}

function normalised(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The columns of a header row; whatever has no header, or one that nobody knows, is ignored. */
export function importColumns(header: Row): ImportColumns {
  const titles = header.cells.flatMap((_, column) => {
    const title = compactText(cellAt(header, column));
    return title === '' ? [] : [{ column, title }];
  });
  const columnsOf = (field: ImportField) =>
    HEADERS[field].flatMap((name) =>
      titles.flatMap(({ column, title }) => (normalised(title) === name ? [column] : [])),
    );
  const of = Object.fromEntries(FIELDS.map((field) => [field, columnsOf(field)])) as Record<ImportField, number[]>;
  return { of, titles };
}

const REQUIRED = {
  guest_name: 'Guest name',
  start_date: 'Start date',
  end_date: 'End date',
  property_label: 'Properties',
} as const satisfies Partial<Record<ImportField, string>>;

/** Headers that an import cannot do without and that are not there. @param byLabel whether rows name their property */
export function missingHeaders({ of }: ImportColumns, byLabel: boolean): readonly string[] {
  const needed = ['guest_name', 'start_date', 'end_date', ...(byLabel ? (['property_label'] as const) : [])] as const;
  return needed.filter((field) => of[field].length === 0).map((field) => REQUIRED[field]);
}
