import type { OutboundAnswer } from '../../platform/outbound/outbound-call.ts';
import { retryAfterMs } from '../../platform/outbound/retry-after.ts';
import type { PmsProvider } from '../integration/pms-provider.ts';

/** How long a provider wants us to wait after an answer, in milliseconds; undefined when it does not say so. */
type DelayOf = (answer: OutboundAnswer, now: Date) => number | undefined;

/** A number below this is a stretch of seconds, one above it an instant (`integrations.md` §1.1.4). */
const FIRST_INSTANT_S = 1e9;
/** With fewer credits left than this the five minutes are waited for (`integrations.md` §1.2.4). */
const CREDITS_KEPT = 10;

function numberIn({ headers }: OutboundAnswer, ...names: readonly string[]): number | undefined {
  const text = names.map((name) => headers.get(name)).find((value) => value !== null && value.trim() !== '');
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The moment of the reset stands on every answer: it counts when the limit is reached. */
function smoobu(answer: OutboundAnswer, now: Date): number | undefined {
  const isReached = answer.status === 429 || numberIn(answer, 'x-ratelimit-remaining') === 0;
  if (!isReached) return undefined;
  const told = numberIn(answer, 'x-ratelimit-retry-after');
  if (told === undefined) return retryAfterMs(answer.headers.get('retry-after'), now);
  return Math.max(0, told < FIRST_INSTANT_S ? told * 1000 : told * 1000 - now.getTime());
}

/** Live answers and the specification spell the fields differently. */
function beds24(answer: OutboundAnswer, now: Date): number | undefined {
  const remaining = numberIn(answer, 'x-five-min-limit-remaining', 'x-fivemincreditlimit-remaining');
  const isReached = answer.status === 429 || (remaining !== undefined && remaining < CREDITS_KEPT);
  if (!isReached) return undefined;
  const resetsIn = numberIn(answer, 'x-five-min-limit-resets-in', 'x-fivemincreditlimit-resetsin');
  return resetsIn === undefined ? retryAfterMs(answer.headers.get('retry-after'), now) : resetsIn * 1000;
}

/** They document no field: the window is 10 s (`integrations.md` §1.3.4). */
function hostaway(answer: OutboundAnswer, now: Date): number | undefined {
  if (answer.status !== 429) return undefined;
  return retryAfterMs(answer.headers.get('retry-after'), now) ?? 10_000 + Math.random() * 2_000;
}

/** Neither do they: 1 to 2 s (`integrations.md` §1.4.4). */
function cloudbeds(answer: OutboundAnswer, now: Date): number | undefined {
  if (answer.status !== 429) return undefined;
  return retryAfterMs(answer.headers.get('retry-after'), now) ?? 1_000 + Math.random() * 1_000;
}

export const DELAYS: Readonly<Record<PmsProvider, DelayOf>> = { smoobu, beds24, hostaway, cloudbeds };
