import type { Row } from './cell.ts';
import type { CellContext } from './cell-value.ts';
import { checkContentTypes } from './content-types.ts';
import { checkFile } from './file-signature.ts';
import { type PartSource, streamPart } from './read-part.ts';
import { type DateSystem, serialCells } from './serial-date.ts';
import { readSharedStrings } from './shared-strings.ts';
import { chooseSheet, type SheetSelector } from './sheet-choice.ts';
import { SheetReader } from './sheet-reader.ts';
import { asSpreadsheetError, SpreadsheetError } from './spreadsheet-error.ts';
import { DEFAULT_SPREADSHEET_LIMITS, type SpreadsheetLimits } from './spreadsheet-limits.ts';
import { readCellFormats } from './styles.ts';
import { readWorkbookPart, type SheetEntry, type WorkbookPart } from './workbook-part.ts';
import { openPackage } from './zip-package.ts';

export interface WorkbookOptions {
  /** Name of the upload; its extension is checked when given. */
  readonly fileName?: string;
  /** Replacements for single members of `DEFAULT_SPREADSHEET_LIMITS`. */
  readonly limits?: Partial<SpreadsheetLimits>;
}

export interface SheetInfo {
  readonly name: string;
  /** Whether a person sees its tab. */
  readonly visible: boolean;
}

/** An `.xlsx` whose directory has been read and whose cells have not. */
export interface Workbook {
  readonly dateSystem: DateSystem;
  /** All sheets in tab order, hidden ones included. */
  readonly sheets: readonly SheetInfo[];
  /** Name of the sheet that a selector (`active` by default) means. @throws SpreadsheetError */
  sheetName(selector?: SheetSelector): string;
  /**
   * The rows of one visible sheet while they are read: memory stays bounded whatever the sheet's size. Truncation and
   * a wrong checksum show at the end, after the rows: act on rows only once all have come.
   *
   * @throws SpreadsheetError
   */
  readRows(selector?: SheetSelector): AsyncGenerator<Row, void, undefined>;
}

export interface WorkbookContent {
  readonly sheetName: string;
  readonly dateSystem: DateSystem;
  /** Rows with at least one value, ascending by number. */
  readonly rows: readonly Row[];
}

/**
 * Opens an `.xlsx` (ECMA-376, transitional or strict) that need not be trusted. No input makes it throw anything but
 * a `SpreadsheetError`; formulas are never evaluated, external links never followed.
 *
 * @example for await (const row of (await openWorkbook(bytes)).readRows()) …
 * @throws SpreadsheetError
 */
export async function openWorkbook(bytes: Uint8Array, options: WorkbookOptions = {}): Promise<Workbook> {
  const { part, readBatches } = await open(bytes, options);
  return {
    dateSystem: part.dateSystem,
    sheets: part.sheets.map(({ name, visible }) => ({ name, visible })),
    sheetName: (selector = 'active') => chooseSheet(part, selector).name,
    async *readRows(selector = 'active') {
      for await (const batch of readBatches(selector)) yield* batch;
    },
  };
}

/**
 * Reads one sheet of an `.xlsx` whole: the active one unless `sheet` says otherwise.
 *
 * @example const { rows } = await readWorkbook(bytes, { fileName: 'llegadas.xlsx' })
 * @throws SpreadsheetError
 */
export async function readWorkbook(
  bytes: Uint8Array,
  { sheet = 'active', ...options }: WorkbookOptions & { readonly sheet?: SheetSelector } = {},
): Promise<WorkbookContent> {
  const { part, readBatches } = await open(bytes, options);
  const sheetName = chooseSheet(part, sheet).name;
  const rows: Row[] = [];
  for await (const batch of readBatches(sheet)) rows.push(...batch);
  return { sheetName, dateSystem: part.dateSystem, rows };
}

interface OpenWorkbook {
  readonly part: WorkbookPart;
  readBatches(selector: SheetSelector): AsyncGenerator<readonly Row[], void, undefined>;
}

async function open(bytes: Uint8Array, options: WorkbookOptions): Promise<OpenWorkbook> {
  const limits = { ...DEFAULT_SPREADSHEET_LIMITS, ...options.limits };
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    checkFile(file, options.fileName, limits);
    const source = { parts: await openPackage(file, limits), limits };
    await checkContentTypes(source);
    const part = await readWorkbookPart(source);
    let context: Promise<CellContext> | undefined;
    return {
      part,
      async *readBatches(selector) {
        try {
          const sheet = chooseSheet(part, selector);
          context ??= readCellContext(source, part);
          yield* sheetBatches(source, sheet, await context);
        } catch (error) {
          throw asSpreadsheetError(error);
        }
      },
    };
  } catch (error) {
    throw asSpreadsheetError(error);
  }
}

async function readCellContext(source: PartSource, part: WorkbookPart): Promise<CellContext> {
  const { dateSystem, stylesPart, sharedStringsPart } = part;
  const present = (name: string | undefined): name is string => name !== undefined && source.parts.has(name);
  return {
    serialCell: serialCells(dateSystem),
    formats: present(stylesPart) ? await readCellFormats(source, stylesPart) : [],
    strings: present(sharedStringsPart) ? await readSharedStrings(source, sharedStringsPart) : [],
  };
}

async function* sheetBatches(
  source: PartSource,
  sheet: SheetEntry,
  context: CellContext,
): AsyncGenerator<readonly Row[], void, undefined> {
  if (sheet.partName === undefined) throw new SpreadsheetError('damaged', { cause: new Error('sheet without part') });
  const reader = new SheetReader(context, source.limits);
  for await (const _ of streamPart(source, sheet.partName, reader)) {
    yield reader.takeRows();
  }
}
