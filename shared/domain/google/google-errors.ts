import * as z from 'zod';
import { jsonOf, type OutboundAnswer } from '../../platform/outbound/outbound-call.ts';
import { GoogleFailed, type GoogleProblem } from './google-failed.ts';

const apiError = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().catch(''),
    details: z.array(z.object({ reason: z.string().catch('') })).catch([]),
    errors: z.array(z.object({ reason: z.string().catch('') })).catch([]),
  }),
});

/** What the People API waits for after a quota of so and so much a minute, unless it says itself. */
const QUOTA_WAIT_S = 60;

/** Reasons decide before the status does: several statuses are unconfirmed (`integrations.md` §7, 10). */
const BY_REASON: ReadonlyMap<string, GoogleProblem> = new Map(
  Object.entries({
    EXPIRED_SYNC_TOKEN: 'SYNC_TOKEN_EXPIRED',
    MY_CONTACTS_OVERFLOW_COUNT: 'QUOTA_EXHAUSTED',
    RATE_LIMIT_EXCEEDED: 'RATE_LIMITED',
    SERVICE_DISABLED: 'MISCONFIGURED',
    failedPrecondition: 'STALE',
    FAILED_PRECONDITION: 'STALE',
    rateLimitExceeded: 'RATE_LIMITED',
    userRateLimitExceeded: 'RATE_LIMITED',
  } as const),
);

const BY_STATUS: Readonly<Record<number, GoogleProblem>> = {
  401: 'REAUTH_REQUIRED',
  403: 'AUTH_SCOPE',
  408: 'TIMEOUT',
  412: 'STALE',
  429: 'RATE_LIMITED',
};

/** What an answer of the People API that is no success means (`integrations.md` §2.2.5). */
export function peopleFailure(answer: OutboundAnswer): GoogleFailed {
  const { data } = apiError.safeParse(jsonOf(answer));
  const said = data?.error;
  const reasons = [...(said?.details ?? []), ...(said?.errors ?? [])].map(({ reason }) => reason);
  const words = [...reasons, said?.status ?? '', ...(said?.message.match(/[A-Z]+(?:_[A-Z]+)+/g) ?? [])];
  const named = words.flatMap((word) => BY_REASON.get(word) ?? [])[0];
  const problem = named ?? BY_STATUS[answer.status] ?? (answer.status >= 500 ? 'UPSTREAM_UNAVAILABLE' : 'BAD_REQUEST');
  return problem === 'RATE_LIMITED' ? new GoogleFailed(problem, waitOf(answer)) : new GoogleFailed(problem);
}

/** Seconds that the answer asks to wait. */
function waitOf({ headers }: OutboundAnswer): number {
  const said = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(said) && said > 0 ? Math.ceil(said) : QUOTA_WAIT_S;
}
