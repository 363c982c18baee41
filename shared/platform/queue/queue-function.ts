import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type QueuedMessage, queuedMessage } from './work-queue.ts';

/**
 * A Lambda behind the work queue. Messages are handled side by side; those that fail are named to SQS, which brings
 * them back and at last puts them into the dead-letter queue. A message that is not ours fails in the same way.
 *
 * @example export const handler = defineQueueFunction((message) => deliver(deps, message))
 */
export function defineQueueFunction(work: (message: QueuedMessage) => Promise<void>) {
  const failed = async (record: SQSRecord): Promise<string | undefined> => {
    try {
      await work(queuedMessage.parse(JSON.parse(record.body)));
      return undefined;
    } catch {
      return record.messageId;
    }
  };
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.all(event.Records.map(failed));
    return { batchItemFailures: outcomes.flatMap((id) => (id === undefined ? [] : [{ itemIdentifier: id }])) };
  });
}
