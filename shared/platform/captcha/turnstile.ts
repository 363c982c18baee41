import * as z from 'zod';
import { type CallOut, jsonOf, OutboundFailed } from '../outbound/outbound-call.ts';

/** What the visitor has handed over. */
export interface CaptchaAttempt {
  readonly token: string;
  /** The gateway's source address of the visitor. */
  readonly address: string;
  /** A UUID by which a repeat of this very check is known as one. */
  readonly idempotencyKey: string;
}

/**
 * `unavailable` is no fault of the visitor: the service was away, or our secret is not in order. Neither is let in
 * (fail closed, `integrations.md` §4.3).
 */
export type CaptchaVerdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'rejected' | 'unavailable'; readonly reasons: readonly string[] };

export interface Captcha {
  verify(attempt: CaptchaAttempt): Promise<CaptchaVerdict>;
}

export interface TurnstileSettings {
  /** The service's address without a slash at its end. */
  readonly base: string;
  readonly secret: () => Promise<string>;
  /** Sites whose widgets are ours; any when empty. */
  readonly hostnames: readonly string[];
  /** Cloudflare's published secrets, which let everybody in, are refused. */
  readonly refusesTestSecrets: boolean;
  readonly callOut: CallOut;
}

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 65_536;
const TEST_SECRET = /^[123]x0{31}AA$/;

const answer = z.object({
  success: z.boolean(),
  hostname: z.string().optional(),
  'error-codes': z.array(z.string()).default([]),
});

/** Codes that say that the check itself went wrong, so that it may be repeated under the same key. */
const REPEATABLE = ['internal-error', 'unreachable', 'timeout', 'unreadable'];
const OURS = ['missing-input-secret', 'invalid-input-secret', 'bad-request', ...REPEATABLE];

/** Cloudflare Turnstile's check of a token (`integrations.md` §4.3): once, and once more where the service failed. */
export function turnstile(settings: TurnstileSettings): Captcha {
  return {
    async verify(attempt) {
      const secret = (await settings.secret()).trim();
      if (settings.refusesTestSecrets && TEST_SECRET.test(secret)) {
        return { kind: 'unavailable', reasons: ['test-secret'] };
      }
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const first = await check(settings, secret, attempt, signal);
      const isOver =
        signal.aborted || first.kind === 'accepted' || !first.reasons.some((code) => REPEATABLE.includes(code));
      return isOver ? first : check(settings, secret, attempt, signal);
    },
  };
}

async function check(
  { base, hostnames, callOut }: TurnstileSettings,
  secret: string,
  { token, address, idempotencyKey }: CaptchaAttempt,
  signal: AbortSignal,
): Promise<CaptchaVerdict> {
  const form = { secret, response: token, remoteip: address, idempotency_key: idempotencyKey };
  const given = await callOut(
    {
      method: 'POST',
      address: `${base}/turnstile/v0/siteverify`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    },
    { signal, mostBytes: MOST_BYTES },
  ).catch((thrown: unknown) => {
    if (thrown instanceof OutboundFailed) return thrown.problem === 'timeout' ? 'timeout' : 'unreachable';
    throw thrown;
  });
  if (typeof given === 'string') return { kind: 'unavailable', reasons: [given] };
  const parsed = answer.safeParse(jsonOf(given));
  if (!parsed.success) return { kind: 'unavailable', reasons: ['unreadable'] };
  const { success, hostname, 'error-codes': codes } = parsed.data;
  if (!success || given.status !== 200) {
    const isOurs = given.status >= 500 || codes.some((code) => OURS.includes(code));
    return { kind: isOurs ? 'unavailable' : 'rejected', reasons: codes.length > 0 ? codes : ['unreadable'] };
  }
  const isOurSite = hostnames.length === 0 || hostnames.includes(hostname ?? '');
  return isOurSite ? { kind: 'accepted' } : { kind: 'rejected', reasons: ['foreign-hostname'] };
}
