import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TenantKeys } from '../crypto/tenant-keys.ts';
import { withReceipt } from '../dynamo/receipt.ts';
import type { Table } from '../dynamo/table.ts';
import { AppError } from '../errors/app-error.ts';
import { TenantScope } from '../tenant/tenant-scope.ts';
import type { Answer } from './answer.ts';
import { bodyBytes, type Exchange, headerOf } from './exchange.ts';
import { KeptReplies, type Write } from './kept-reply.ts';
import { keepsReply } from './route.ts';
import { surfaceOf } from './surface.ts';

const HEADER = 'x-idempotency-key';
const LONGEST_KEY = 64;
/** Rounds of waiting for the call that holds the key: together below the time that a function has. */
const ROUNDS = 80;
const ROUND_MS = 250;

export interface IdempotencyDeps {
  readonly table: Table;
  /** Under which replies are sealed; a function with a route that keeps them needs it. */
  readonly tenantKeys?: TenantKeys;
}

/**
 * Performs a write once for each `X-Idempotency-Key` of a user, and answers every repeat with the first reply
 * (`aristay.md` §1.10). Calls at once wait for the first of them; what failed may be tried again. A function that dies
 * leaves a key that performs again after half a minute; where it made something new, and that was committed, a repeat is
 * told so instead.
 * @throws AppError `invalid` for a key that was used for another content or is none; `conflict` when the reply is lost;
 *   `unavailable` when the call that holds the key does not come to an end
 */
export async function performOnce(
  exchange: Exchange,
  deps: IdempotencyDeps,
  perform: () => Promise<Answer>,
): Promise<Answer> {
  const key = headerOf(exchange.event, HEADER);
  const { actor, route } = exchange;
  const { tenantKeys } = deps;
  if (key === undefined || actor === undefined || tenantKeys === undefined || !keepsReply(route)) return perform();
  const { messages } = surfaceOf(route.surface);
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > LONGEST_KEY) throw new AppError('invalid', messages.keyMalformed);
  const scope = new TenantScope(deps.table, actor.empresaId);
  const replies = new KeptReplies(scope, await tenantKeys.dataKey(scope, 'guest-data'));
  const write = writeOf(exchange, actor.userId, key);
  const makes = route.success.status === 201;
  const outcome = await performKeyed({ replies, write, now: exchange.now, makes }, perform);
  switch (outcome.kind) {
    case 'reply-lost':
      throw new AppError('conflict', messages.replyLost);
    case 'another':
      throw new AppError('invalid', messages.keyReused);
    case 'busy':
      throw new AppError('unavailable', messages.keyBusy, { retryAfter: 5 });
    case 'replayed':
      return replayed(outcome.answer);
    case 'performed':
      return outcome.answer;
  }
}

/**
 * What became of a write with a key: done now, done before, done by a call that died before it answered, used for another
 * content, or still being done.
 */
export type KeyedOutcome =
  | { readonly kind: 'performed'; readonly answer: Answer }
  | { readonly kind: 'replayed'; readonly answer: Answer }
  | { readonly kind: 'reply-lost' }
  | { readonly kind: 'another' }
  | { readonly kind: 'busy' };

/** A write with its key. */
interface KeyedWrite {
  readonly replies: KeptReplies;
  readonly write: Write;
  readonly now: Date;
  /** Whether it makes something new: whatever else a repeat does twice ends as it does once. */
  readonly makes: boolean;
}

/** Performs a write unless it was performed before, and waits for whoever performs it just now. */
export async function performKeyed(
  { replies, write, now, makes }: KeyedWrite,
  perform: () => Promise<Answer>,
): Promise<KeyedOutcome> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const standing = await replies.claim(write, new Date(now.getTime() + round * ROUND_MS));
    if (standing.kind === 'claimed') {
      const { claim } = standing;
      const act = makes ? () => withReceipt(replies.receiptOf(write, claim), perform) : perform;
      return { kind: 'performed', answer: await performClaimed(replies, write, claim, act) };
    }
    if (standing.kind === 'another' || standing.kind === 'reply-lost') return standing;
    if (standing.kind === 'done') return { kind: 'replayed', answer: standing.answer };
    await pause(ROUND_MS);
  }
  return { kind: 'busy' };
}

async function performClaimed(
  replies: KeptReplies,
  write: Write,
  claim: string,
  perform: () => Promise<Answer>,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await perform();
  } catch (thrown) {
    await replies.giveUp(write, claim).catch(() => undefined);
    throw thrown;
  }
  // What was done is done, whether or not its reply can be kept.
  await replies.keep(write, claim, answer).catch(() => undefined);
  return answer;
}

function replayed(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'Idempotent-Replay': 'true' } };
}

function writeOf({ event, json }: Exchange, userId: string, key: string): Write {
  const { method } = event.requestContext.http;
  const content = `${event.rawQueryString}\n${contentOf(event, json)}`;
  return { userId, method, path: event.rawPath.replace(/\/+$/, ''), key, content };
}

function contentOf(event: Exchange['event'], json: unknown): string {
  if (json !== undefined) return JSON.stringify(json);
  // A form draws a new boundary each time that it is sent.
  const boundary = /boundary="?([^";]+)/i.exec(headerOf(event, 'content-type') ?? '')?.[1] ?? '';
  const text = bodyBytes(event)?.toString('latin1') ?? '';
  return createHash('sha256')
    .update(boundary === '' ? text : text.replaceAll(boundary, ''))
    .digest('hex');
}
