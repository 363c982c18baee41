const MEBIBYTE = 1024 * 1024;

/** What one workbook may cost. Bytes are octets, characters are UTF-16 code units. */
export interface SpreadsheetLimits {
  /** Size of the file as uploaded. */
  readonly fileBytes: number;
  /** Sum of everything inflated while the workbook is read, whatever its zip headers say. */
  readonly inflatedBytes: number;
  /** Inflated ÷ compressed size of one part… */
  readonly inflationRatio: number;
  /** …which is looked at once the part has inflated to this many bytes: below, the memory is too little to matter. */
  readonly inflationRatioFrom: number;
  /** One of the small parts that describe the package (content types, relationships, workbook). */
  readonly metadataBytes: number;
  /** Rows with at least one value; blank formatted rows are free. */
  readonly rows: number;
  /** Columns up to the last one with a value; blank formatted cells beyond are free. */
  readonly columns: number;
  /** Cells with a value in one sheet; 4 million numbers take about 320 MB when the sheet is read whole. */
  readonly cells: number;
  /** Length of one cell's text; Excel's own maximum. */
  readonly cellCharacters: number;
  readonly sharedStrings: number;
  readonly sharedStringCharacters: number;
  /** Entries of `cellXfs` and of `numFmts`; Excel's own maximum is 65,490. */
  readonly cellFormats: number;
  readonly zipEntries: number;
  readonly xmlDepth: number;
}

/**
 * Real 50,000-row sheets of one repeated value inflate about 10:1, hence 100:1 (Apache POI draws the line at
 * the same place) leaves them a wide margin, while deflate's own maximum, which a bomb uses, is 1032:1.
 */
export const DEFAULT_SPREADSHEET_LIMITS: SpreadsheetLimits = {
  fileBytes: 10 * MEBIBYTE,
  inflatedBytes: 200 * MEBIBYTE,
  inflationRatio: 100,
  inflationRatioFrom: 32 * MEBIBYTE,
  metadataBytes: 8 * MEBIBYTE,
  rows: 50_000,
  columns: 200,
  cells: 4_000_000,
  cellCharacters: 32_767,
  sharedStrings: 1_000_000,
  sharedStringCharacters: 40_000_000,
  cellFormats: 65_536,
  zipEntries: 5_000,
  xmlDepth: 64,
};
