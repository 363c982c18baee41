import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

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

export function workQueue(queueUrl: string): WorkQueue {
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
  };
}
