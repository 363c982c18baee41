import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { openJournal } from '../../../infra/local/sqs/queue-journal.ts';
import { givenDirectory, givenQueue, givenSqs } from './given-sqs.ts';

test('messages, their counts and delays survive a restart; a held one is free again', async () => {
  const dataDirectory = givenDirectory();
  const first = await givenQueue({}, await givenSqs({ dataDirectory }));
  await first.send('deleted');
  const [deleted] = await first.receive();
  await first.client.send(new DeleteMessageCommand({ QueueUrl: first.url, ReceiptHandle: deleted?.ReceiptHandle }));
  await first.send('held', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'import' } } });
  await first.receive();
  await first.send('delayed', { DelaySeconds: 600 });
  await first.sqs.close();
  appendFileSync(join(dataDirectory, 'work.jsonl'), '{"put":{"id":"to');

  const second = await givenQueue({}, await givenSqs({ dataDirectory }));
  expect(await second.counts()).toEqual([1, 0, 1]);
  const [held] = await second.receive({ MessageAttributeNames: ['All'] });
  expect(held).toMatchObject({
    Body: 'held',
    MessageAttributes: { kind: { StringValue: 'import' } },
    Attributes: { ApproximateReceiveCount: '2' },
  });
  expect(statSync(join(dataDirectory, 'work.jsonl')).mode & 0o077).toBe(0);
});

test('the journal is written anew before it outgrows the queue', () => {
  const path = join(givenDirectory(), 'work.jsonl');
  const journal = openJournal(path);
  const message = {
    body: 'x'.repeat(100),
    attributes: {},
    sentAt: 0,
    traceHeader: undefined,
    deadLetterSource: undefined,
    receiveCount: 0,
    firstReceivedAt: undefined,
    visibleAt: 0,
    receipt: undefined,
  };
  journal.put({ ...message, id: 'kept' });
  for (let n = 0; n < 10_000; n += 1) {
    journal.put({ ...message, id: `m${n}` });
    journal.gone(`m${n}`);
  }
  journal.close();
  expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(2_100);
  expect(openJournal(path).messages.map(({ id }) => id)).toEqual(['kept']);
});
