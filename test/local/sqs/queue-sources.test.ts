import type { SQSEvent } from 'aws-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startQueueSources } from '../../../infra/local/host/queue-sources.ts';
import { gate, givenQueue, givenSqs, REGION } from './given-sqs.ts';

test('work counts as pending while it is under way, also after a message has gone to the dead letters', async () => {
  const given = await givenSqs();
  const dead = await givenQueue({ name: 'dead' }, given);
  const redrive = { deadLetterQueueName: 'dead', maxReceiveCount: 1 };
  const work = await givenQueue({ visibilityTimeoutSeconds: 30, redrive }, given);
  const slow = gate();
  const sources = startQueueSources({
    client: work.client,
    sources: [
      {
        functionName: 'worker',
        queueName: 'work',
        queueArn: work.arn,
        batchSize: 1,
        batchingWindowSeconds: 0,
        reportBatchItemFailures: true,
      },
    ],
    region: REGION,
    queueUrl: () => work.url,
    invoke: async (_, event) => {
      if ((event as SQSEvent).Records[0]?.body === 'poison') throw new Error('no');
      await slow.promise;
    },
  });
  onTestFinished(() => sources.stop());

  await work.send('poison');
  await vi.waitFor(async () => expect([await work.counts(), await sources.pending()]).toEqual([[0, 1, 0], 0]));
  work.sqs.advance(31_000);
  await vi.waitFor(async () => expect(await dead.counts()).toEqual([1, 0, 0]));
  expect(await sources.pending()).toBe(0);

  await work.send('slow');
  await vi.waitFor(async () => expect(await work.counts()).toEqual([0, 1, 0]));
  expect(await sources.pending()).toBe(1);
  slow.resolve();
  await vi.waitFor(async () => expect(await sources.pending()).toBe(0));
});
