import { type FeedSecret, fetchedAddress } from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import { type ReadCalendar, readCalendar } from '../../../shared/platform/icalendar/read-calendar.ts';
import { type OutboundAnswer, OutboundFailed, USER_AGENT } from '../../../shared/platform/outbound/outbound-call.ts';
import { type PublicTargets, TargetRefused } from '../../../shared/platform/outbound/public-target.ts';
import { retryAfterMs } from '../../../shared/platform/outbound/retry-after.ts';

/** Bounds of one reading, its redirects included (`integrations.md` §6.6). */
const TIMEOUT_MS = 15_000;
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const GONE = new Set([404, 410]);

/** What one reading of a feed brought. */
export type FetchedFeed =
  | {
      readonly kind: 'calendar';
      readonly calendar: ReadCalendar;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'failed';
      /** What is wrong, and what to do. */
      readonly sentence: string;
      /** The feed is there no more: its owner has to be told. */
      readonly isReset: boolean;
      /** Wait that the server asked for, in milliseconds. */
      readonly askedMs: number;
    };

const RESET = 'The address leads to no calendar any more. Copy the export address anew from the channel.';
const SENTENCES = {
  timeout: 'The calendar did not answer within 15 seconds. It is tried again by itself.',
  unreachable: 'The calendar could not be reached. It is tried again by itself.',
  too_large: 'The calendar has more than 2 MB. Check that the address is that of one listing.',
  refused: 'The address leads to a network that is not public. Enter the address that the channel shows.',
  redirects: 'The address leads from one to the next without end. Copy it anew from the channel.',
  cut_off: 'The calendar arrived incomplete, so nothing of it was taken over. It is tried again by itself.',
  too_many_events: 'The calendar has more than 5,000 events. Check that the address is that of one listing.',
} as const;

/**
 * Reads a feed once, on condition that it has changed where its server has given something to tell by. A feed that
 * cannot be read is an outcome, not an error; nothing that it says quotes the address.
 */
export async function fetchFeed(targets: PublicTargets, secret: FeedSecret, now: Date): Promise<FetchedFeed> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let address = fetchedAddress(secret.address);
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const request = { method: 'GET', address, headers: headersFor(secret) } as const;
      const answer = await targets.call(request, { signal, mostBytes: MOST_BYTES, overlong: 'fail' });
      const location = REDIRECTS.has(answer.status) ? answer.headers.get('location') : null;
      if (location === null) return readAnswer(answer, now);
      const next = URL.parse(location, address);
      if (next === null) return failed(RESET, { isReset: true });
      address = fetchedAddress(next.href);
    }
    return failed(SENTENCES.redirects);
  } catch (thrown) {
    if (thrown instanceof TargetRefused) {
      return failed(thrown.problem === 'unresolved' ? SENTENCES.unreachable : SENTENCES.refused);
    }
    if (thrown instanceof OutboundFailed) return failed(SENTENCES[thrown.problem]);
    throw thrown;
  }
}

function headersFor({ etag, last_modified }: FeedSecret): Record<string, string> {
  return {
    'user-agent': USER_AGENT,
    accept: 'text/calendar, text/plain;q=0.5',
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(last_modified !== undefined && { 'if-modified-since': last_modified }),
  };
}

function failed(sentence: string, { isReset = false, askedMs = 0 } = {}): FetchedFeed {
  return { kind: 'failed', sentence, isReset, askedMs };
}

function readAnswer({ status, headers, text }: OutboundAnswer, now: Date): FetchedFeed {
  if (status === 304) return { kind: 'unchanged' };
  if (GONE.has(status)) return failed(RESET, { isReset: true });
  if (status !== 200) {
    const askedMs = retryAfterMs(headers.get('retry-after'), now) ?? 0;
    return failed(`The calendar answered with status ${status}. It is tried again by itself, less often.`, { askedMs });
  }
  const calendar = readCalendar(text);
  if (calendar.kind === 'problem') {
    if (calendar.problem === 'not_a_calendar') return failed(RESET, { isReset: true });
    return failed(SENTENCES[calendar.problem]);
  }
  const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
  return {
    kind: 'calendar',
    calendar,
    ...(etag !== null && { etag: etag.slice(0, 500) }),
    ...(lastModified !== null && { lastModified: lastModified.slice(0, 100) }),
  };
}
