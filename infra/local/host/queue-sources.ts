import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { pollQueue } from '../sqs/poll-queue.ts';
import type { QueueSource } from '../template/functions.ts';

/** Functions that work off queues. */
export interface QueueSources {
  /**
   * Messages that are being worked on or wait for it. One that is to wait in the queue, and one whose delivery has
   * failed and that waits, hidden, for its next try, are not among them.
   */
  pending(): Promise<number>;
  stop(): Promise<void>;
}

interface QueueSourcesOptions {
  readonly client: SQSClient;
  readonly sources: readonly QueueSource[];
  readonly region: string;
  readonly queueUrl: (queueName: string) => string;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
}

/** Starts one poller for each event source mapping. */
export function startQueueSources({ client, sources, region, queueUrl, invoke }: QueueSourcesOptions): QueueSources {
  const working = sources.map((source) => {
    const url = queueUrl(source.queueName);
    const failed = new Set<string>();
    const calls = { underWay: 0 };
    const poller = pollQueue({
      ...source,
      client,
      region,
      queueUrl: url,
      handler: async (event) => {
        calls.underWay += 1;
        try {
          return await noteFailures(event, failed, () => invoke(source.functionName, event));
        } finally {
          calls.underWay -= 1;
        }
      },
      // The host tells of failed calls; a poll that failed is repeated.
      onError: () => undefined,
    });
    return { url, failed, calls, poller };
  });
  return {
    async pending() {
      const underWay = working.reduce((sum, { calls }) => sum + calls.underWay, 0);
      // The queues are asked only when nobody here knows better: whoever waits asks fifty times a second.
      if (underWay > 0) return underWay;
      const counts = await Promise.all(
        working.map(async ({ url, failed }) => {
          const known = [...failed];
          const { visible, hidden } = await messagesOf(client, url);
          // What had failed and hides no more has come back, or went to the dead letters and never will.
          if (hidden === 0) for (const id of known) failed.delete(id);
          return visible + Math.max(0, hidden - failed.size);
        }),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async stop() {
      await Promise.all(working.map(({ poller }) => poller.stop()));
    },
  };
}

/** Remembers the messages that wait for another try, until they come back. */
async function noteFailures(event: SQSEvent, failed: Set<string>, call: () => Promise<unknown>): Promise<unknown> {
  const ids = event.Records.map(({ messageId }) => messageId);
  for (const id of ids) failed.delete(id);
  try {
    const answer = (await call()) as SQSBatchResponse | undefined;
    for (const { itemIdentifier } of answer?.batchItemFailures ?? []) failed.add(itemIdentifier);
    return answer;
  } catch (error) {
    for (const id of ids) failed.add(id);
    throw error;
  }
}

async function messagesOf(client: SQSClient, url: string): Promise<{ visible: number; hidden: number }> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const count = (name: keyof typeof Attributes) => Number(Attributes[name] ?? 0);
  return {
    visible: count('ApproximateNumberOfMessages'),
    hidden: count('ApproximateNumberOfMessagesNotVisible'),
  };
}
