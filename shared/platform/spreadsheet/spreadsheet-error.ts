import { AppError, type ErrorCode } from '../errors/app-error.ts';
import { describeRefusal, type SpreadsheetLanguage } from './spreadsheet-messages.ts';

/** Every way in which a spreadsheet is refused. */
export type SpreadsheetErrorReason =
  | 'wrong_extension'
  | 'empty_file'
  | 'too_large'
  | 'not_a_workbook'
  | 'not_csv'
  | 'legacy_xls'
  | 'encrypted'
  | 'macro_workbook'
  | 'inflates_too_much'
  | 'too_complex'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'too_many_cells'
  | 'cell_too_long'
  | 'forbidden_xml'
  | 'damaged'
  | 'no_visible_sheet'
  | 'sheet_not_found';

/** Facts a refusal's sentence may use; never the content of a cell. */
export interface SpreadsheetErrorContext {
  /** The limit that was passed, in the unit of its `SpreadsheetLimits` member. */
  readonly limit?: number;
  /** Where in the sheet, e.g. `B12`. */
  readonly cell?: string;
  /** One of the well-known extensions, e.g. `.xls`. */
  readonly extension?: string;
  /** What the library underneath said: logged, never answered. */
  readonly cause?: unknown;
}

const CODES: Partial<Record<SpreadsheetErrorReason, ErrorCode>> = {
  wrong_extension: 'bad_request',
  empty_file: 'bad_request',
  too_large: 'too_large',
};

/**
 * A spreadsheet that cannot be taken. `message` is a Spanish sentence that tells the person what to do
 * (`stay-sidekick.md` §2.16); `messageIn('en')` is the same for an English surface. `code` is `bad_request` for
 * an empty file and a wrong extension, `too_large` above the size limit, else `invalid`.
 */
export class SpreadsheetError extends AppError {
  override readonly name = 'SpreadsheetError';
  readonly reason: SpreadsheetErrorReason;
  readonly context: SpreadsheetErrorContext;

  constructor(reason: SpreadsheetErrorReason, context: SpreadsheetErrorContext = {}) {
    super(
      CODES[reason] ?? 'invalid',
      describeRefusal(reason, context, 'es'),
      context.cause === undefined ? {} : { cause: context.cause },
    );
    this.reason = reason;
    this.context = context;
  }

  messageIn(language: SpreadsheetLanguage): string {
    return describeRefusal(this.reason, this.context, language);
  }
}

/** Whatever the zip, inflate or XML library threw means the same to a person: the file is damaged. */
export function asSpreadsheetError(thrown: unknown): SpreadsheetError {
  return thrown instanceof SpreadsheetError ? thrown : new SpreadsheetError('damaged', { cause: thrown });
}
