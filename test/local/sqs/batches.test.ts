import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { exceptionOf, type GivenQueue, givenQueue } from './given-sqs.ts';

const sendAll = ({ client, url }: GivenQueue, Entries: SendMessageBatchRequestEntry[]) =>
  client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
const entries = (count: number, body = 'x') =>
  Array.from({ length: count }, (_, n) => ({ Id: `e${n}`, MessageBody: `${body}${n}` }));

describe('batches', () => {
  test('send ten messages in one call, each with its own delay', async () => {
    const queue = await givenQueue();
    const [first, ...rest] = entries(10);
    const { Successful, Failed } = await sendAll(queue, [
      { ...first, Id: 'e0', MessageBody: 'x0', DelaySeconds: 60 },
      ...rest,
    ]);
    expect(Failed).toBeUndefined();
    expect(new Set(Successful?.map(({ MessageId }) => MessageId)).size).toBe(10);
    expect(Successful?.every(({ MD5OfMessageBody }) => /^[0-9a-f]{32}$/.test(MD5OfMessageBody ?? ''))).toBe(true);
    expect(await queue.counts()).toEqual([9, 0, 1]);
  });

  test('fail entry by entry', async () => {
    const queue = await givenQueue();
    const { Successful, Failed } = await sendAll(queue, [
      { Id: 'good', MessageBody: 'fine' },
      { Id: 'bad', MessageBody: 'bell \u0007' },
      { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
    ]);
    expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed).toMatchObject([
      { Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents' },
      { Id: 'late', SenderFault: true, Code: 'InvalidParameterValue' },
    ]);
    expect(await queue.counts()).toEqual([1, 0, 0]);
  });

  test('are refused whole when they are no batch', async () => {
    const queue = await givenQueue();
    const refusal = (Entries: SendMessageBatchRequestEntry[]) => exceptionOf(sendAll(queue, Entries));
    expect(await refusal([])).toBe('EmptyBatchRequest');
    expect(await refusal(entries(11))).toBe('TooManyEntriesInBatchRequest');
    expect(await refusal([...entries(2), ...entries(1)])).toBe('BatchEntryIdsNotDistinct');
    expect(await refusal([{ Id: 'not an id', MessageBody: 'x' }])).toBe('InvalidBatchEntryId');
    expect(await refusal(entries(3, 'x'.repeat(90_000)))).toBe('BatchRequestTooLong');
    expect(await queue.counts()).toEqual([0, 0, 0]);
  });

  test('delete and hide', async () => {
    const queue = await givenQueue();
    const { client, url, receive, counts } = queue;
    await sendAll(queue, entries(4));
    const received = await receive();
    const [a, b, c] = received.map(({ ReceiptHandle = '' }) => ({ ReceiptHandle }));
    const deleted = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'a', ReceiptHandle: '', ...a },
          { Id: 'b', ReceiptHandle: 'made up' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: 'a' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }]);
    const hidden = await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'b', ReceiptHandle: '', ...b, VisibilityTimeout: 0 },
          { Id: 'c', ReceiptHandle: '', ...c, VisibilityTimeout: 600 },
        ],
      }),
    );
    expect(hidden.Successful).toEqual([{ Id: 'b' }, { Id: 'c' }]);
    expect(await counts()).toEqual([1, 2, 0]);
  });
});
