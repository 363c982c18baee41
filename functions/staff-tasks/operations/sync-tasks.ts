import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Answer } from '../../../shared/platform/http/answer.ts';
import type { KeyedOutcome } from '../../../shared/platform/http/idempotency.ts';
import { readPart } from '../../../shared/platform/http/read-input.ts';
import { surfaceOf } from '../../../shared/platform/http/surface.ts';
import { type SentOperation, type SyncBody, type SyncResult, syncOperation } from '../sync-schemas.ts';
import { type PerformDeps, performOperation } from './perform-operation.ts';

export interface SyncDeps extends PerformDeps {
  /** Performs what has a key once for each user and key, as the header of other calls does (`aristay.md` §1.10). */
  readonly once: (key: string, content: string, perform: () => Promise<Answer>) => Promise<KeyedOutcome>;
  /** The time as it passes, unlike `now`. */
  readonly clock: { now(): Date };
  /** Tells of what failed by our own fault. */
  readonly report: (error: unknown) => void;
}

/** A batch stops here, so that it is answered before the gateway gives up; what is left is to be sent again. */
const LONGEST_MS = 20_000;

const { messages, status: statusOf, errorBody } = surfaceOf('aristay');

/**
 * Performs what a device did while offline, one operation after the other, and answers each by itself. A repeat of an
 * operation is answered as the first time; what failed may be sent again.
 */
export async function syncTasks(deps: SyncDeps, { operations }: SyncBody): Promise<{ results: SyncResult[] }> {
  const until = deps.clock.now().getTime() + LONGEST_MS;
  const results: SyncResult[] = [];
  for (const sent of operations) {
    const isLate = deps.clock.now().getTime() > until;
    results.push(isLate ? refused(sent, tooMuch()) : await answerOperation(deps, sent));
  }
  return { results };
}

async function answerOperation(deps: SyncDeps, sent: SentOperation): Promise<SyncResult> {
  try {
    const operation = 'read' in sent ? sent.read : readPart('aristay', syncOperation, sent.unread);
    const { key } = operation;
    const outcome = await deps.once(key, JSON.stringify(operation), async () => {
      const result = await performOperation(deps, operation);
      return { statusCode: result.status, body: JSON.stringify(result) };
    });
    if (outcome.kind === 'another') throw new AppError('invalid', KEY_REUSED, { issues: [KEY_ISSUE] });
    if (outcome.kind === 'reply-lost') throw new AppError('conflict', messages.replyLost);
    if (outcome.kind === 'busy') throw tooMuch();
    return { key, ...JSON.parse(outcome.answer.body ?? '{}') };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) deps.report(thrown);
    return refused(sent, thrown instanceof AppError ? thrown : new AppError('internal', messages.internal));
  }
}

const KEY_REUSED = 'This key was used for another operation. Use a new one.';
const KEY_ISSUE = { field: 'key', message: KEY_REUSED };

function tooMuch(): AppError {
  return new AppError('unavailable', messages.keyBusy, { retryAfter: 1 });
}

function refused(sent: SentOperation, error: AppError): SyncResult {
  const body = errorBody(error) as Record<string, unknown>;
  return { key: keyOf(sent), status: statusOf[error.code], outcome: null, body };
}

function keyOf(sent: SentOperation): string | null {
  if ('read' in sent) return sent.read.key;
  const { unread } = sent;
  const key = typeof unread === 'object' && unread !== null && 'key' in unread ? unread.key : undefined;
  return typeof key === 'string' ? key : null;
}
