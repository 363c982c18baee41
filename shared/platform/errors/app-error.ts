/**
 * The closed error vocabulary of the platform. A surface turns a code into its own status and body
 * (`shared/platform/http`); anything that is not an `AppError` is answered as an opaque 500.
 */
export type ErrorCode =
  | 'bad_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'precondition_failed'
  | 'too_large'
  | 'unsupported_media'
  | 'invalid'
  | 'rate_limited'
  | 'internal'
  | 'upstream_failed'
  | 'unavailable'
  | 'timeout';

/** One thing that is wrong with the input. `field` is absent for rules about the whole body. */
export interface Issue {
  readonly field?: string;
  readonly message: string;
}

export interface ErrorDetails {
  /** What a person has to mend, one entry for each finding; the message alone when absent. */
  readonly issues?: readonly Issue[];
  /** Seconds after which a repeat may succeed. */
  readonly retryAfter?: number;
  /** Response headers that go with the error, e.g. `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What went wrong underneath: logged by its name, never answered. */
  readonly cause?: unknown;
}

/**
 * An error that a person may see: `message` is a sentence in the language of the surface and says what to do.
 * It never carries a secret or a guest's data.
 *
 * @example throw new AppError('not_found', 'No existe ese apartamento.')
 */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}
