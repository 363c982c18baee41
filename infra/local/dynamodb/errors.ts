/** An error as the service answers it. dynalite's own errors have the same shape, so both are told by it. */
export interface ServiceError extends Error {
  readonly statusCode: number;
  readonly body: Record<string, unknown>;
}

export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'statusCode' in error && 'body' in error;
}

/**
 * An error to answer: `name` as in the DynamoDB API reference, `members` for what its body holds beside the message.
 *
 * @example throw serviceError('IdempotentParameterMismatchException', 'The token was used for another request.')
 */
export function serviceError(
  name: string,
  message: string,
  { statusCode = 400, members = {} }: { statusCode?: number; members?: Record<string, unknown> } = {},
): ServiceError {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...members };
  return Object.assign(new Error(message), { statusCode, body });
}

/** The request itself is at fault. */
export const validationError = (message: string): ServiceError => serviceError('ValidationException', message);

/** The name of the error without its namespace, e.g. `ConditionalCheckFailedException`. */
export function errorName(error: ServiceError): string {
  return String(error.body.__type).replace(/^.*#/, '');
}
