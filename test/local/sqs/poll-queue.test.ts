import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { pollQueue, type QueuePollerOptions } from '../../../infra/local/sqs/poll-queue.ts';
import { type GivenQueue, gate, givenQueue, givenSqs, REGION } from './given-sqs.ts';

function poll(queue: GivenQueue, options: Pick<QueuePollerOptions, 'handler'> & Partial<QueuePollerOptions>) {
  const errors: unknown[] = [];
  const poller = pollQueue({
    client: queue.client,
    queueUrl: queue.url,
    queueArn: queue.arn,
    region: REGION,
    reportBatchItemFailures: true,
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => poller.stop());
  return { ...poller, errors };
}

const bodiesOf = (event: SQSEvent) => event.Records.map(({ body }) => body);

/** A work queue whose messages may be tried three times before they go to `dead`. */
async function givenWork() {
  const given = await givenSqs();
  const dead = await givenQueue({ name: 'dead' }, given);
  const redrive = { deadLetterQueueName: 'dead', maxReceiveCount: 3 };
  const work = await givenQueue({ visibilityTimeoutSeconds: 30, redrive }, given);
  return { work, dead };
}

describe('the queue poller', () => {
  test('invokes the function with the event Lambda makes, and deletes what it did', async () => {
    const { work } = await givenWork();
    const events: SQSEvent[] = [];
    const id = await work.send('{"job":"ñ"}', {
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'import' },
        raw: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) },
      },
    });
    const poller = poll(work, { handler: async (event) => void events.push(event) });
    await poller.drain();
    expect(events).toEqual([
      {
        Records: [
          {
            messageId: id,
            receiptHandle: expect.any(String),
            body: '{"job":"ñ"}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: expect.any(String),
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            },
            messageAttributes: {
              kind: { stringValue: 'import', stringListValues: [], binaryListValues: [], dataType: 'String' },
              raw: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
            },
            md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
            md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
            eventSource: 'aws:sqs',
            eventSourceARN: work.arn,
            awsRegion: REGION,
          },
        ],
      },
    ]);
    expect(await work.counts()).toEqual([0, 0, 0]);
    expect(poller.errors).toEqual([]);
  });

  test('keeps to the batch size', async () => {
    const { work } = await givenWork();
    const Entries = Array.from({ length: 9 }, (_, n) => ({ Id: `e${n}`, MessageBody: `m${n}` }));
    await work.client.send(new SendMessageBatchCommand({ QueueUrl: work.url, Entries }));
    const batches: string[][] = [];
    const poller = poll(work, {
      batchSize: 4,
      concurrency: 1,
      handler: async (event) => void batches.push(bodiesOf(event)),
    });
    await poller.drain();
    expect(batches.map(({ length }) => length)).toEqual([4, 4, 1]);
    expect(batches.flat().sort()).toEqual(Entries.map(({ MessageBody }) => MessageBody));
  });

  test('fills a large batch from several receives while its window is open', async () => {
    const { work } = await givenWork();
    const sizes: number[] = [];
    for (const start of [0, 10]) {
      const Entries = Array.from({ length: 10 }, (_, n) => ({ Id: `e${n}`, MessageBody: `m${start + n}` }));
      await work.client.send(new SendMessageBatchCommand({ QueueUrl: work.url, Entries }));
    }
    const handler = async (event: SQSEvent) => void sizes.push(event.Records.length);
    const poller = poll(work, { batchSize: 20, batchingWindowSeconds: 5, concurrency: 1, handler });
    await poller.drain();
    expect(sizes).toEqual([20]);
    expect(await work.counts()).toEqual([0, 0, 0]);
  });

  test('brings back the messages the function names, and those alone', async () => {
    const { work } = await givenWork();
    const tried: string[] = [];
    for (const body of ['good', 'bad', 'fine']) await work.send(body);
    const handler = async (event: SQSEvent) => {
      tried.push(...bodiesOf(event));
      const failed = event.Records.filter(
        ({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1',
      );
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
    const poller = poll(work, { handler });
    await vi.waitFor(async () => expect(await work.counts()).toEqual([0, 1, 0]));
    expect([...tried].sort()).toEqual(['bad', 'fine', 'good']);
    work.sqs.advance(31_000);
    await poller.drain();
    expect(tried.filter((body) => body === 'bad')).toHaveLength(2);
    expect(tried).toHaveLength(4);
    expect(poller.errors).toEqual([]);
  });

  test('brings back the whole batch of a function that throws, and at last puts it among the dead', async () => {
    const { work, dead } = await givenWork();
    let attempts = 0;
    const ids = [await work.send('poison'), await work.send('with it')];
    const handler = async (event: SQSEvent) => {
      attempts += event.Records.length;
      throw new Error('no');
    };
    const poller = poll(work, { handler });
    for (const round of [2, 4, 6]) {
      await vi.waitFor(() => expect(attempts).toBe(round));
      await expect(poller.drain({ timeoutMs: 100 })).rejects.toThrow('still in');
      work.sqs.advance(31_000);
    }
    await poller.drain();
    expect(attempts).toBe(6);
    expect((await dead.receive()).map(({ MessageId }) => MessageId).sort()).toEqual([...ids].sort());
    expect(poller.errors.length).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['an answer that is none', { batchItemFailures: 'all' }],
    ['a stranger among the failures', { batchItemFailures: [{ itemIdentifier: 'unknown' }] }],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
  ])('takes %s for a failure of the whole batch', async (_name, answer) => {
    const { work } = await givenWork();
    await work.send('x');
    const poller = poll(work, { handler: async () => answer });
    await vi.waitFor(() => expect(poller.errors).toHaveLength(1));
    expect(await work.counts()).toEqual([0, 1, 0]);
  });

  test.each([
    ['nothing', undefined, true],
    ['an empty list', { batchItemFailures: [] }, true],
    ['null', { batchItemFailures: null }, true],
    ['failures nobody asked for', { batchItemFailures: [{ itemIdentifier: 'unknown' }] }, false],
  ])('takes %s for success', async (_name, answer, reportBatchItemFailures) => {
    const { work } = await givenWork();
    await work.send('x');
    const poller = poll(work, { reportBatchItemFailures, handler: async () => answer });
    await poller.drain();
    expect(await work.counts()).toEqual([0, 0, 0]);
    expect(poller.errors).toEqual([]);
  });

  test('goes on after failed polls', async () => {
    const { work } = await givenWork();
    work.sqs.faults.set({ operation: 'ReceiveMessage', error: 'internal', times: 6 });
    await work.send('x');
    const seen: string[] = [];
    const poller = poll(work, { concurrency: 1, handler: async (event) => void seen.push(...bodiesOf(event)) });
    await poller.drain();
    expect(seen).toEqual(['x']);
    expect(poller.errors).toHaveLength(2);
  });

  test('drains only when the work is done', async () => {
    const { work } = await givenWork();
    const [started, finish] = [gate(), gate()];
    await work.send('x');
    const poller = poll(work, {
      handler: async () => {
        started.resolve();
        await finish.promise;
      },
    });
    await started.promise;
    let drained = false;
    const draining = poller.drain().then(() => {
      drained = true;
    });
    expect(await work.counts()).toEqual([0, 1, 0]);
    expect(drained).toBe(false);
    finish.resolve();
    await draining;
    expect(await work.counts()).toEqual([0, 0, 0]);
  });

  test('stops at once when idle, and after the work at hand when not', async () => {
    const { work } = await givenWork();
    const idle = poll(work, { handler: async () => undefined });
    await idle.stop();
    const [started, finish] = [gate(), gate()];
    const busy = poll(work, {
      concurrency: 1,
      handler: async () => {
        started.resolve();
        await finish.promise;
      },
    });
    await work.send('x');
    await started.promise;
    const stopped = busy.stop();
    await work.send('too late');
    finish.resolve();
    await stopped;
    expect(await work.counts()).toEqual([1, 0, 0]);
    expect((await work.receive()).map(({ Body }) => Body)).toEqual(['too late']);
  }, 8_000);
});
