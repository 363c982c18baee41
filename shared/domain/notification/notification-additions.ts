import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import { outboxAddition } from '../outbox/outbox-addition.ts';
import type { PushContent } from '../outbox/push-content.ts';
import { notificationKey } from './notification.keys.ts';
import type { NewNotification } from './notification.ts';

/** Days for which a notification stays in the list. */
const KEPT_DAYS = 90;

/** A notification with the write that adds it, which is refused when the person has heard of the occasion before. */
export interface Addition {
  readonly number: number;
  readonly sk: string;
  /** Whether it is for a device too: what is about a task, of a person who has one. */
  readonly isPushed: boolean;
  readonly write: Extract<Write, { kind: 'put' }>;
}

interface AdditionContext {
  readonly empresaId: string;
  readonly now: Date;
  /** People who have a device. */
  readonly holders: ReadonlySet<string>;
}

export function additionOf(
  { empresaId, now, holders }: AdditionContext,
  { occasion, ...addition }: NewNotification,
  number: number,
): Addition {
  const key = notificationKey(empresaId, addition.recipient, `${addition.verb}#${occasion}`);
  const created_at = now.toISOString();
  const expires_at = Math.floor(now.getTime() / 1000) + KEPT_DAYS * 86_400;
  const item = { ...key, ...addition, number, is_read: false, read_at: null, created_at, expires_at };
  const isPushed = isOfTask(addition) && holders.has(addition.recipient);
  return { number, sk: key.sk, isPushed, write: { kind: 'put', item, condition: ABSENT } };
}

export function isOfTask({ task }: Pick<NewNotification, 'task'>): boolean {
  return task !== undefined;
}

/**
 * The writes of additions that stand in one transaction, with one more that has them pushed where a device waits for
 * some. Its id follows from a number that is given once.
 */
export function writesOfAdditions(empresaId: string, additions: readonly Addition[], now: Date): readonly Write[] {
  const writes = additions.map(({ write }) => write);
  const pushed = additions.filter(({ isPushed }) => isPushed);
  const [first] = pushed;
  if (first === undefined) return writes;
  const content = { notifications: pushed.map(({ sk }) => sk) } satisfies PushContent;
  return [...writes, outboxAddition(empresaId, { id: `push_${first.number}`, kind: 'push', content }, now)];
}
