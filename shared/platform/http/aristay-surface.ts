import type { AppError, Issue } from '../errors/app-error.ts';
import type { Finding, Surface } from './surface.ts';

function sizeSentence(finding: Finding, word: 'at least' | 'no more than', limit: unknown): string {
  if (finding.origin === 'string') {
    if (word === 'at least' && limit === 1) return 'This field may not be blank.';
    return `Ensure this field has ${word} ${limit} characters.`;
  }
  if (finding.origin === 'array') {
    if (word === 'at least' && limit === 1) return 'This list may not be empty.';
    return `Ensure this field has ${word} ${limit} elements.`;
  }
  const comparison = word === 'at least' ? 'greater than or equal to' : 'less than or equal to';
  return `Ensure this value is ${comparison} ${limit}.`;
}

const TYPE_SENTENCES: Readonly<Record<string, string>> = {
  string: 'Not a valid string.',
  number: 'A valid number is required.',
  int: 'A valid integer is required.',
  boolean: 'Must be a valid boolean.',
  array: 'Expected a list of items.',
  object: 'Invalid data. Expected a dictionary.',
};

/** The framework's sentences that clients of the original know (`aristay.md` §1.7). */
function describe(finding: Finding): string {
  if (finding.input === undefined && finding.code !== 'custom') return 'This field is required.';
  if (finding.input === null && finding.code !== 'custom') return 'This field may not be null.';
  switch (finding.code) {
    case 'invalid_type':
      return TYPE_SENTENCES[String(finding.expected)] ?? 'Invalid value.';
    case 'too_small':
      return sizeSentence(finding, 'at least', finding.minimum);
    case 'too_big':
      return sizeSentence(finding, 'no more than', finding.maximum);
    case 'invalid_value':
      return `"${String(finding.input)}" is not a valid choice.`;
    case 'invalid_format':
      return finding.format === 'email' ? 'Enter a valid email address.' : 'Invalid format.';
    default:
      return 'Invalid value.';
  }
}

function detailsOf(error: AppError): Record<string, string[]> {
  const issues: readonly Issue[] = error.details.issues ?? [{ message: error.message }];
  const details: Record<string, string[]> = {};
  for (const { field = 'non_field_errors', message } of issues) {
    details[field] = [...(details[field] ?? []), message];
  }
  return details;
}

const INPUT_PROBLEMS = new Set(['bad_request', 'invalid', 'conflict']);

function errorBody(error: AppError): unknown {
  if (INPUT_PROBLEMS.has(error.code)) return { error: 'Validation failed', details: detailsOf(error) };
  switch (error.code) {
    case 'forbidden':
      return { error: 'Permission denied' };
    case 'internal':
      return { error: 'Internal server error', detail: 'An unexpected error occurred.' };
    case 'rate_limited': {
      const seconds = error.details.retryAfter ?? 1;
      const unit = seconds === 1 ? 'second' : 'seconds';
      return { detail: `Request was throttled. Expected available in ${seconds} ${unit}.` };
    }
    case 'unauthenticated':
      return { detail: error.message, ...codeOf(error) };
    case 'unavailable':
      return { detail: 'The service is busy. Try again in a few seconds.' };
    case 'timeout':
      return { detail: 'The operation took too long. Try again.' };
    default:
      return { detail: error.message };
  }
}

const TOKEN_INVALID = 'Token is invalid or expired';
const USER_INACTIVE = 'User is inactive';

/** What tells a client apart a token that is to be refreshed from one that never opens anything again (§1.7). */
function codeOf({ message }: AppError): { readonly code?: string } {
  if (message === TOKEN_INVALID) return { code: 'token_not_valid' };
  return message === USER_INACTIVE ? { code: 'user_inactive' } : {};
}

/** Aristay: the shapes of `aristay.md` §1.7, exactly these keys. */
export const aristay: Surface = {
  stages: ['authenticate', 'authorize', 'rateLimit', 'body'],
  wholeBodyField: 'non_field_errors',
  fieldSeparator: '.',
  status: {
    bad_request: 400,
    unauthenticated: 401,
    forbidden: 403,
    not_found: 404,
    method_not_allowed: 405,
    conflict: 400,
    precondition_failed: 412,
    too_large: 413,
    unsupported_media: 415,
    invalid: 400,
    rate_limited: 429,
    internal: 500,
    upstream_failed: 502,
    unavailable: 503,
    timeout: 504,
  },
  errorBody,
  describe,
  messages: {
    tokenRequired: 'Authentication credentials were not provided.',
    tokenInvalid: TOKEN_INVALID,
    userInactive: USER_INACTIVE,
    denied: 'Permission denied',
    passwordPending: 'Permission denied',
    toolOff: 'Permission denied',
    answerTooLarge: 'The answer is too large. Ask for less at once, or accept answers packed with gzip.',
    edgeOnly: 'This address is not for direct use. Call the API by its domain.',
    notFound: 'Not found.',
    methodNotAllowed: 'Method not allowed.',
    bodyMissing: 'This request needs a JSON body.',
    bodyMalformed: 'JSON parse error: the body must be a JSON object.',
    invalid: 'Validation failed',
    throttled: 'Request was throttled.',
    csrfMissing: 'Permission denied',
    csrfInvalid: 'Permission denied',
    keyMalformed: 'X-Idempotency-Key takes 1 to 64 visible characters.',
    keyReused: 'This X-Idempotency-Key was used for another request. Use a new one.',
    replyLost: 'This request was carried out, but its answer was lost. Look for what it made instead of repeating it.',
    keyBusy: 'The same request is still being worked on. Try again in a few seconds.',
    internal: 'An unexpected error occurred.',
    tooLarge: 'Request body too large.',
  },
};
