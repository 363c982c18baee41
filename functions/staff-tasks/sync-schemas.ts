import * as z from 'zod';
import { readTimestamp } from '../../shared/platform/calendar/timestamp.ts';
import { booleanField, integerField } from '../../shared/platform/http/aristay-fields.ts';
import { responseBody } from './checklist-schemas.ts';
import { changeBody, creationBody, statusBody } from './schemas.ts';

/** Operations of one batch; whoever has more sends another batch. */
const MOST_OPERATIONS = 100;

const id = integerField({ min: 1 });

/** The device's own name for an operation, drawn once: UUID or ULID. */
const key = z.string().regex(/^[\x21-\x7e]{1,64}$/, { error: 'Use 1 to 64 visible characters, e.g. a UUID.' });

/** When it was done by the device's clock; milliseconds count, because they order what one person did. */
const madeAt = z.string().transform((text, context) => {
  const timestamp = readTimestamp(text);
  if (timestamp !== undefined) return { timestamp, ms: (/[.,](\d{1,3})/.exec(text)?.[1] ?? '').padEnd(3, '0') };
  context.addIssue({ code: 'custom', message: 'Enter a date and time as ISO 8601, e.g. 2025-10-02T12:58:03.120Z.' });
  return z.NEVER;
});
export type MadeAt = z.output<typeof madeAt>;

const every = { key, at: madeAt };
/** The task by its number, or by the key of the operation that made it. */
const ofTask = { ...every, task: id.optional(), task_key: key.optional() };
const ofItem = { ...every, response: id };

const kind = <const K extends string>(name: K) => ({ kind: z.literal(name) });

/** One thing that somebody did while the device was offline; its fields are those of the call of its own. */
export const syncOperation = z.discriminatedUnion('kind', [
  z.object({ ...kind('tick_item'), ...ofItem, completed: booleanField() }),
  z.object({ ...kind('answer_item'), ...ofItem, ...responseBody.shape }),
  z.object({ ...kind('set_status'), ...ofTask, ...statusBody.shape }),
  z.object({ ...kind('edit_task'), ...ofTask, ...changeBody.shape }),
  z.object({ ...kind('assign_to_me'), ...ofTask }),
  z.object({ ...kind('delete_task'), ...ofTask }),
  z.object({ ...kind('create_task'), ...every, ...creationBody.shape }),
]);
export type SyncOperation = z.output<typeof syncOperation>;

/** An operation, or whatever else was sent: one that cannot be read does not hold back the others. */
const sentOperation = z.union([
  syncOperation.transform((read) => ({ read })),
  z.unknown().transform((unread) => ({ unread })),
]);
export type SentOperation = z.output<typeof sentOperation>;

export const syncBody = z.object({ operations: z.array(sentOperation).min(1).max(MOST_OPERATIONS) });
export type SyncBody = z.output<typeof syncBody>;

export const syncResult = z.object({
  /** As it was sent; null where there was none. */
  key: z.string().nullable(),
  /** That of the call of its own. */
  status: z.int(),
  /** `superseded`: something done later stands. `held`: it waits for what it lacks. Null for what was refused. */
  outcome: z.enum(['applied', 'superseded', 'held']).nullable(),
  /** What the call of its own answers, errors too. */
  body: z.record(z.string(), z.unknown()).nullable(),
});
export type SyncResult = z.input<typeof syncResult>;

/** In the order in which the operations were sent. */
export const syncAnswer = z.object({ results: z.array(syncResult) });
