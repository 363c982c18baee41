import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { createSqsEvent } from './sqs-event.ts';

/** An event source mapping: which function is invoked with which batches of which queue. */
export interface QueuePollerOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  /** Messages per invocation, 10 by default. */
  readonly batchSize?: number | undefined;
  /** How long a batch that is not full waits for more; 0 by default. */
  readonly batchingWindowSeconds?: number | undefined;
  /** Whether the function names the messages it failed on (`ReportBatchItemFailures`). */
  readonly reportBatchItemFailures: boolean;
  /** Invocations at a time, 2 by default: one would hide what two deliveries at once do. */
  readonly concurrency?: number | undefined;
  /** The function; when it throws, every message of the batch comes back after the visibility timeout. */
  readonly handler: (event: SQSEvent) => Promise<unknown>;
  /** Told of a failed invocation or a failed poll. Neither ends the polling. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface QueuePoller {
  /** Resolves once the queue has no visible message and none in flight. Delayed ones are not waited for. */
  drain(limits?: { readonly timeoutMs?: number }): Promise<void>;
  /**
   * Receives no more, waits for invocations at work, and resolves. A message handed out in the very moment of the call
   * comes back after its visibility timeout, as with Lambda.
   */
  stop(): Promise<void>;
}

const RECEIVE_LIMIT = 10;
const LONG_POLL_SECONDS = 20;
const PAUSE_AFTER_FAILURE_MS = 250;
const DRAIN_LOOK_MS = 20;

const batchResponse = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() });

/** Polls a queue as Lambda does, through the SDK: it works against any SQS. */
export function pollQueue(options: QueuePollerOptions): QueuePoller {
  const stopping = new AbortController();
  const loops = Array.from({ length: options.concurrency ?? 2 }, () => pollUntil(options, stopping.signal));
  return {
    drain: ({ timeoutMs = 30_000 } = {}) => drain(options, timeoutMs),
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function pollUntil(options: QueuePollerOptions, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const messages = await receiveBatch(options, stopping);
      if (messages.length > 0) await invoke(options, messages);
    } catch (error) {
      if (stopping.aborted) return;
      options.onError?.(error);
      await sleep(PAUSE_AFTER_FAILURE_MS);
    }
  }
}

async function receiveBatch(options: QueuePollerOptions, stopping: AbortSignal): Promise<readonly Message[]> {
  const size = options.batchSize ?? RECEIVE_LIMIT;
  const messages = [...(await receive(options, size, LONG_POLL_SECONDS, stopping))];
  const until = performance.now() + (options.batchingWindowSeconds ?? 0) * 1000;
  while (messages.length > 0 && messages.length < size && !stopping.aborted) {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    if (seconds <= 0) break;
    messages.push(...(await receive(options, size - messages.length, Math.min(seconds, LONG_POLL_SECONDS), stopping)));
  }
  return messages;
}

async function receive(
  { client, queueUrl }: QueuePollerOptions,
  room: number,
  waitSeconds: number,
  abortSignal: AbortSignal,
): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: Math.min(room, RECEIVE_LIMIT),
    WaitTimeSeconds: waitSeconds,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  return (await client.send(command, { abortSignal })).Messages ?? [];
}

async function invoke(options: QueuePollerOptions, messages: readonly Message[]): Promise<void> {
  const answer = await options.handler(createSqsEvent(messages, options));
  const done = options.reportBatchItemFailures ? withoutFailures(messages, answer) : messages;
  for (let start = 0; start < done.length; start += RECEIVE_LIMIT) {
    const Entries = done.slice(start, start + RECEIVE_LIMIT).map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
    }));
    await options.client.send(new DeleteMessageBatchCommand({ QueueUrl: options.queueUrl, Entries }));
  }
}

/** No answer, or an empty list, is success; an answer that cannot be read, or names a stranger, fails the whole batch. */
function withoutFailures(messages: readonly Message[], answer: unknown): readonly Message[] {
  if (answer === undefined || answer === null) return messages;
  const { batchItemFailures } = batchResponse.parse(answer);
  const failed = new Set((batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  if ([...failed].some((id) => !known.has(id)))
    throw new Error('The function named a failed message it was not given.');
  return messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
}

async function drain({ client, queueUrl }: QueuePollerOptions, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  for (;;) {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...AttributeNames] });
    const { Attributes = {} } = await client.send(command);
    const left = AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    if (left === 0) return;
    if (performance.now() > deadline) throw new Error(`${left} messages are still in ${queueUrl}.`);
    await sleep(DRAIN_LOOK_MS);
  }
}
