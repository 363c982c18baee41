import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { eachLimit } from '../concurrency/each-limit.ts';

/** A pointer to work that stands in a tenant's outbox: the row is the truth, the message may come twice or never. */
export const workMessage = z.object({ empresa_id: z.string(), outbox_id: z.string() });
export type WorkMessage = z.infer<typeof workMessage>;

/** A pointer to a company that is being erased: go on with it. */
export const erasureMessage = z.object({ erasure_of: z.string() });
export type ErasureMessage = z.infer<typeof erasureMessage>;

/** Everything that goes through the work queue. */
export const queuedMessage = z.union([workMessage, erasureMessage]);
export type QueuedMessage = z.infer<typeof queuedMessage>;

export interface WorkQueue {
  /** @param delaySeconds how long nobody gets it, 0 to 900 */
  send(message: QueuedMessage, delaySeconds?: number): Promise<void>;
}

/** A queue that takes many messages at once. */
export interface BatchQueue extends WorkQueue {
  /**
   * Sends many, ten to a request.
   * @throws Error when one was not taken; the others may have been
   */
  sendAll(messages: readonly QueuedMessage[]): Promise<void>;
}

/** What SQS takes in one request. */
const BATCH = 10;
const PARALLEL_BATCHES = 4;

export function workQueue(queueUrl: string): BatchQueue {
  const client = new SQSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return {
    async send(message, delaySeconds) {
      const MessageBody = JSON.stringify(message);
      const delay = delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds };
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, ...delay }));
    },
    async sendAll(messages) {
      const batches = Array.from({ length: Math.ceil(messages.length / BATCH) }, (_, at) =>
        messages.slice(at * BATCH, (at + 1) * BATCH),
      );
      await eachLimit(batches, PARALLEL_BATCHES, async (batch) => {
        const Entries = batch.map((message, at) => ({ Id: String(at), MessageBody: JSON.stringify(message) }));
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
        if (Failed.length > 0) throw new Error(`The queue took ${Entries.length - Failed.length} of ${Entries.length}`);
      });
    },
  };
}
