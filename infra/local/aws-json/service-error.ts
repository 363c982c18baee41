/** An error as a JSON-protocol service answers it: the SDK rebuilds its typed exception from `code`. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  /** Code in the older query protocol, which SQS still sends in `x-amzn-query-error`. */
  readonly queryCode: string | undefined;

  constructor(code: string, message: string, options: { status?: number; queryCode?: string } = {}) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.queryCode = options.queryCode;
  }
}
