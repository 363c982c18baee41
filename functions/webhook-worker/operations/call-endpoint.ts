import { SNIPPET_BYTES } from '../../../shared/domain/webhook/delivery.ts';
import { type EndpointSecrets, signingSecrets } from '../../../shared/domain/webhook/endpoint.ts';
import { askedWait } from '../../../shared/domain/webhook/retry-schedule.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { webhookSignature } from '../../../shared/platform/crypto/webhook-signature.ts';
import { OutboundFailed } from '../../../shared/platform/outbound/outbound-call.ts';
import { type PublicTargets, TargetRefused } from '../../../shared/platform/outbound/public-target.ts';

/** Longest that a receiver may take (`aristay.md` §8.3). */
const TIMEOUT_MS = 15_000;
const CLIENT_NAME = 'Aristay-Webhooks/1';
const GONE = 410;

/** What one attempt is made of. */
export interface Message {
  readonly url: string;
  /** `webhook-id`. */
  readonly id: string;
  readonly body: string;
  readonly secrets: EndpointSecrets;
}

/** What came of one attempt. */
export interface CallOutcome {
  readonly result: 'delivered' | 'gone' | 'failed';
  readonly statusCode: number | null;
  readonly durationMs: number;
  readonly error: string | null;
  readonly snippet: string;
  /** Wait that the receiver asked for, in milliseconds. */
  readonly askedWait: number;
}

const SENTENCES = {
  timeout: 'No answer within 15 seconds.',
  unreachable: 'The endpoint could not be reached.',
  too_large: 'The answer could not be read.',
} as const;
const REFUSED = 'The address must not be called: it is not public.';

/** One signed POST (Standard Webhooks 1.0.0). A receiver that does not answer is an outcome, not an error. */
export async function callEndpoint(
  { targets, clock }: { readonly targets: PublicTargets; readonly clock: Clock },
  { url, id, body, secrets }: Message,
): Promise<CallOutcome> {
  const startedAt = clock.now();
  const timestamp = Math.floor(startedAt.getTime() / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': CLIENT_NAME,
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': webhookSignature(signingSecrets(secrets, startedAt), { id, timestamp, body }),
  };
  const limits = { signal: AbortSignal.timeout(TIMEOUT_MS), mostBytes: SNIPPET_BYTES, overlong: 'cut' } as const;
  const durationMs = () => Math.max(0, clock.now().getTime() - startedAt.getTime());
  try {
    const answer = await targets.call({ method: 'POST', address: url, headers, body }, limits);
    const { status, text } = answer;
    return {
      result: resultOf(status),
      statusCode: status,
      durationMs: durationMs(),
      error: null,
      snippet: text,
      askedWait: askedWait(status, answer.headers.get('retry-after'), clock.now()),
    };
  } catch (thrown) {
    return { ...NO_ANSWER, durationMs: durationMs(), error: sentenceFor(thrown) };
  }
}

const NO_ANSWER = { result: 'failed', statusCode: null, snippet: '', askedWait: 0 } as const;

/** A redirect is a failure: nothing is followed. */
function resultOf(status: number): CallOutcome['result'] {
  if (status >= 200 && status < 300) return 'delivered';
  return status === GONE ? 'gone' : 'failed';
}

function sentenceFor(thrown: unknown): string {
  if (thrown instanceof TargetRefused) return thrown.problem === 'unresolved' ? SENTENCES.unreachable : REFUSED;
  if (thrown instanceof OutboundFailed) return SENTENCES[thrown.problem];
  throw thrown;
}
