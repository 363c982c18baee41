import * as z from 'zod';
import { type JsonOperation, jsonOperation } from '../aws-json/json-server.ts';
import { ServiceError } from '../aws-json/service-error.ts';
import { isValidBody, type Message, md5Hex, md5OfAttributes, messageAttribute, messageBytes } from './message.ts';
import type { Queue, ReceiptOutcome } from './queue.ts';
import { invalidParameter, type QueueDirectory, SQS_INVALID_CODE, sqsError } from './sqs-error.ts';

const queueUrl = z.string().min(1);
const seconds = (max: number) => z.int().min(0).max(max);
const MAX_VISIBILITY_SECONDS = 43_200;
const names = z.array(z.string()).default([]);

const outgoing = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: seconds(900).optional(),
  MessageAttributes: z
    .record(
      z
        .string()
        .regex(/^(?!aws\.|amazon\.)[\w-]+(\.[\w-]+)*$/i)
        .max(256),
      messageAttribute,
    )
    .refine((attributes) => Object.keys(attributes).length <= 10, 'must be at most 10')
    .default({}),
  MessageSystemAttributes: z.object({ AWSTraceHeader: messageAttribute.optional() }).default({}),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.undefined().optional(),
});
type Outgoing = z.output<typeof outgoing>;

const receiveInput = z.object({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  WaitTimeSeconds: seconds(20).optional(),
  VisibilityTimeout: seconds(MAX_VISIBILITY_SECONDS).optional(),
  MessageAttributeNames: names,
  AttributeNames: names,
  MessageSystemAttributeNames: names,
});
const handle = z.object({ ReceiptHandle: z.string() });
const visibility = handle.extend({ VisibilityTimeout: seconds(MAX_VISIBILITY_SECONDS) });

/** Sending, receiving, deleting and hiding messages, one by one and in batches. */
export function messageOperations(queues: QueueDirectory): Record<string, JsonOperation> {
  return {
    SendMessage: single(queues, outgoing, send),
    SendMessageBatch: batch(queues, outgoing, send, refuseLongBatch),
    ReceiveMessage: single(queues, receiveInput, receive),
    DeleteMessage: single(queues, handle, remove),
    DeleteMessageBatch: batch(queues, handle, remove),
    ChangeMessageVisibility: single(queues, visibility, hide),
    ChangeMessageVisibilityBatch: batch(queues, visibility, hide),
  };
}

type Step<S extends z.ZodType, R> = (queue: Queue, input: z.output<S>, signal: AbortSignal) => R;

function single<S extends z.ZodType>(
  queues: QueueDirectory,
  schema: S,
  run: Step<S, object | Promise<object>>,
): JsonOperation {
  return jsonOperation(
    z.looseObject({ QueueUrl: queueUrl }),
    (input, signal) => run(queues.byUrl(input.QueueUrl), parseInput(schema, input), signal),
    SQS_INVALID_CODE,
  );
}

/** What is wrong with one entry fails that entry alone; what is wrong with the batch fails the call. */
function batch<S extends z.ZodType>(
  queues: QueueDirectory,
  schema: S,
  run: Step<S, object>,
  check: (queue: Queue, entries: readonly unknown[]) => void = () => undefined,
): JsonOperation {
  return jsonOperation(
    z.object({ QueueUrl: queueUrl, Entries: z.array(z.looseObject({ Id: z.string() })).default([]) }),
    ({ QueueUrl, Entries }, signal) => {
      const queue = queues.byUrl(QueueUrl);
      refuseBadBatch(Entries.map(({ Id }) => Id));
      check(queue, Entries);
      const Successful: object[] = [];
      const Failed: object[] = [];
      for (const entry of Entries) {
        try {
          Successful.push({ Id: entry.Id, ...run(queue, parseInput(schema, entry), signal) });
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
        }
      }
      return { ...(Successful.length > 0 ? { Successful } : {}), ...(Failed.length > 0 ? { Failed } : {}) };
    },
    SQS_INVALID_CODE,
  );
}

function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalidParameter(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

function refuseBadBatch(ids: readonly string[]): void {
  if (ids.length === 0) throw sqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (ids.length > 10) {
    throw sqsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10, not ${ids.length}.`);
  }
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    throw sqsError('InvalidBatchEntryId', 'A batch entry id may hold letters, digits, hyphens and underscores.');
  }
  if (new Set(ids).size < ids.length) {
    throw sqsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same id.');
  }
}

function refuseLongBatch({ settings }: Queue, entries: readonly unknown[]): void {
  const sound = entries.map((entry) => outgoing.safeParse(entry)).flatMap(({ data }) => data ?? []);
  const bytes = sound.reduce((sum, entry) => sum + messageBytes(entry.MessageBody, entry.MessageAttributes), 0);
  if (bytes <= settings.maximumMessageBytes) return;
  throw sqsError('BatchRequestTooLong', `Batch requests cannot be longer than ${settings.maximumMessageBytes} bytes.`);
}

function send(queue: Queue, input: Outgoing): object {
  const { MessageBody: body, MessageAttributes: attributes, MessageSystemAttributes: system } = input;
  if (!isValidBody(body)) {
    throw sqsError(
      'InvalidMessageContents',
      'The message contains characters outside the allowed set.',
      'InvalidMessageContents',
    );
  }
  if (messageBytes(body, attributes) > queue.settings.maximumMessageBytes) {
    throw invalidParameter(`Message must be shorter than ${queue.settings.maximumMessageBytes} bytes.`);
  }
  const traceHeader = system.AWSTraceHeader?.StringValue;
  const message = queue.send({ body, attributes, traceHeader }, input.DelaySeconds);
  const digests = {
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MD5OfMessageSystemAttributes: system.AWSTraceHeader && md5OfAttributes({ AWSTraceHeader: system.AWSTraceHeader }),
  };
  return { MessageId: message.id, MD5OfMessageBody: md5Hex(body), ...digests };
}

async function receive(queue: Queue, input: z.output<typeof receiveInput>, signal: AbortSignal): Promise<object> {
  const messages = await queue.receive({
    max: input.MaxNumberOfMessages,
    waitSeconds: input.WaitTimeSeconds ?? queue.settings.receiveWaitSeconds,
    visibilitySeconds: input.VisibilityTimeout ?? queue.settings.visibilityTimeoutSeconds,
    signal,
  });
  if (messages.length === 0) return {};
  const wantsSystem = matcher([...input.AttributeNames, ...input.MessageSystemAttributeNames]);
  const wantsOwn = matcher(input.MessageAttributeNames);
  return {
    Messages: messages.map((message) => {
      const own = chosen(message.attributes, wantsOwn);
      const system = chosen(systemAttributes(message), wantsSystem);
      return {
        MessageId: message.id,
        ReceiptHandle: writeHandle(message),
        Body: message.body,
        MD5OfBody: md5Hex(message.body),
        ...(system && { Attributes: system }),
        ...(own && { MessageAttributes: own, MD5OfMessageAttributes: md5OfAttributes(own) }),
      };
    }),
  };
}

/** `All`, `.*`, an exact name, or `prefix.*`. */
function matcher(names: readonly string[]): (name: string) => boolean {
  if (names.includes('All') || names.includes('.*')) return () => true;
  return (name) =>
    names.some((wanted) => wanted === name || (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -1))));
}

function chosen<V>(
  values: Readonly<Record<string, V>>,
  wants: (name: string) => boolean,
): Record<string, V> | undefined {
  const entries = Object.entries(values).filter(([name]) => wants(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function systemAttributes(message: Message): Record<string, string> {
  return {
    SenderId: 'AIDALOCALCLOUD',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
    ...(message.deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}

function writeHandle({ id, receipt }: Message): string {
  return Buffer.from(`${id} ${receipt}`).toString('base64url');
}

function readHandle(handle: string): { id: string; receipt: string } {
  const [id = '', receipt = '', more] = Buffer.from(handle, 'base64url').toString().split(' ');
  if (id.length === 36 && receipt.length === 36 && more === undefined) return { id, receipt };
  throw sqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.', 'ReceiptHandleIsInvalid');
}

/** Deleting what is gone, or with a receipt that is no longer the last, succeeds and does nothing, as on SQS. */
function remove(queue: Queue, input: z.output<typeof handle>): object {
  const { id, receipt } = readHandle(input.ReceiptHandle);
  queue.remove(id, receipt);
  return {};
}

function hide(queue: Queue, input: z.output<typeof visibility>): object {
  const { id, receipt } = readHandle(input.ReceiptHandle);
  refuse(queue.hide(id, receipt, input.VisibilityTimeout));
  return {};
}

function refuse(outcome: ReceiptOutcome): void {
  if (outcome === 'visible') {
    throw sqsError('MessageNotInflight', 'The message is not in flight.', 'AWS.SimpleQueueService.MessageNotInflight');
  }
  if (outcome !== 'done')
    throw invalidParameter('Message does not exist or is not available for visibility timeout change.');
}
