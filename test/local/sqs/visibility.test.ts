import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { exceptionOf, type GivenQueue, givenQueue, givenSqs } from './given-sqs.ts';

const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
const hide = ({ client, url }: GivenQueue, message: Message | undefined, VisibilityTimeout: number) =>
  client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
  );

describe('a received message', () => {
  test('is hidden for the visibility timeout and comes back with a higher count', async () => {
    const { sqs, send, receive, counts } = await givenQueue({ visibilityTimeoutSeconds: 30 });
    await send('x');
    const [first] = await receive();
    expect(await receive()).toEqual([]);
    expect(await counts()).toEqual([0, 1, 0]);
    sqs.advance(29_000);
    expect(await receive()).toEqual([]);
    sqs.advance(2_000);
    expect(await counts()).toEqual([1, 0, 0]);
    const [second] = await receive({ VisibilityTimeout: 5 });
    expect(second).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
    expect(second?.Attributes?.ApproximateFirstReceiveTimestamp).toBe(
      first?.Attributes?.ApproximateFirstReceiveTimestamp,
    );
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    sqs.advance(6_000);
    expect(await receive()).toHaveLength(1);
  });

  test('is deleted by its last receipt only', async () => {
    const { client, url, sqs, send, receive, counts } = await givenQueue();
    await send('x');
    const [first] = await receive();
    sqs.advance(31_000);
    const [second] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
    expect(await counts()).toEqual([0, 1, 0]);
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }));
    expect(await counts()).toEqual([0, 0, 0]);
  });

  test('can be given back at once, or held longer, without counting as received', async () => {
    const queue = await givenQueue({ visibilityTimeoutSeconds: 30 });
    const { sqs, send, receive } = queue;
    await send('x');
    const [first] = await receive();
    await hide(queue, first, 0);
    const [second] = await receive();
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
    await hide(queue, second, 120);
    sqs.advance(60_000);
    expect(await receive()).toEqual([]);
    sqs.advance(61_000);
    const [third] = await receive();
    expect(third?.Attributes?.ApproximateReceiveCount).toBe('3');
    expect(await exceptionOf(hide(queue, second, 10))).toBe('InvalidParameterValue');
    await hide(queue, third, 0);
    expect(await exceptionOf(hide(queue, third, 10))).toBe('MessageNotInflight');
    expect(await exceptionOf(hide(queue, third, 43_201))).toBe('InvalidParameterValue');
  });

  test('goes to one receiver alone', async () => {
    const { send, receive } = await givenQueue();
    await Promise.all(Array.from({ length: 20 }, (_, n) => send(`m${n}`)));
    const batches = await Promise.all(Array.from({ length: 8 }, () => receive({ MaxNumberOfMessages: 4 })));
    const seen = batches.flatMap(bodies);
    expect(seen).toHaveLength(20);
    expect(new Set(seen).size).toBe(20);
  });
});

describe('a long poll', () => {
  test('is answered as soon as there is one message', async () => {
    const { send, receive } = await givenQueue();
    await send('waiting');
    expect(bodies(await receive({ WaitTimeSeconds: 20 }))).toEqual(['waiting']);
    const poll = receive({ WaitTimeSeconds: 20 });
    await send('later');
    expect(bodies(await poll)).toEqual(['later']);
  }, 8_000);

  test('wakes up for a delayed message and for one that comes back', async () => {
    const queue = await givenQueue();
    const { send, receive } = queue;
    await send('delayed', { DelaySeconds: 1 });
    const [message] = await receive({ WaitTimeSeconds: 20 });
    expect(message?.Body).toBe('delayed');
    const poll = receive({ WaitTimeSeconds: 20 });
    await hide(queue, message, 0);
    expect(bodies(await poll)).toEqual(['delayed']);
  }, 8_000);

  test('that was given up takes no message with it', async () => {
    const { client, url, send, receive, counts } = await givenQueue();
    const leaving = new AbortController();
    const poll = client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: leaving.signal,
    });
    const next = receive({ WaitTimeSeconds: 20 });
    leaving.abort();
    await expect(poll).rejects.toThrow();
    await send('x');
    expect(bodies(await next)).toEqual(['x']);
    expect(await counts()).toEqual([0, 1, 0]);
  }, 8_000);

  test('ends with nothing when the time is over', async () => {
    const { receive } = await givenQueue({ receiveWaitSeconds: 1 });
    expect(await receive()).toEqual([]);
  });
});

describe('time', () => {
  test('delays by the message or by the queue', async () => {
    const { sqs, send, receive, counts } = await givenQueue({ delaySeconds: 60 });
    await send('queue');
    await send('own', { DelaySeconds: 10 });
    await send('none', { DelaySeconds: 0 });
    expect(await counts()).toEqual([1, 0, 2]);
    expect(bodies(await receive())).toEqual(['none']);
    sqs.advance(11_000);
    expect(bodies(await receive())).toEqual(['own']);
    sqs.advance(50_000);
    expect(bodies(await receive())).toContain('queue');
  });

  test('ends messages that nobody fetched', async () => {
    const { sqs, send, receive, counts } = await givenQueue({ retentionSeconds: 3600 });
    await send('x');
    sqs.advance(3_599_000);
    expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    sqs.advance(2_000);
    expect(await receive()).toEqual([]);
    expect(await counts()).toEqual([0, 0, 0]);
  });
});

describe('redrive', () => {
  test('moves a message away after its last permitted receive', async () => {
    const given = await givenSqs();
    const dead = await givenQueue({ name: 'dead' }, given);
    const redrive = { deadLetterQueueName: 'dead', maxReceiveCount: 2 };
    const work = await givenQueue({ visibilityTimeoutSeconds: 30, redrive }, given);
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'import' } };
    const id = await work.send('poison', { MessageAttributes });
    for (const count of ['1', '2']) {
      const [message] = await work.receive();
      expect(message?.Attributes?.ApproximateReceiveCount).toBe(count);
      expect(await dead.counts()).toEqual([0, 0, 0]);
      given.sqs.advance(31_000);
    }
    expect(await work.receive()).toEqual([]);
    expect(await work.counts()).toEqual([0, 0, 0]);
    const [letter] = await dead.receive({ MessageAttributeNames: ['All'] });
    expect(letter).toMatchObject({
      MessageId: id,
      Body: 'poison',
      MessageAttributes,
      Attributes: { DeadLetterQueueSourceArn: work.arn, ApproximateReceiveCount: '1' },
    });
  });

  test('is told in the attributes of the queue', async () => {
    const given = await givenSqs();
    const dead = await givenQueue({ name: 'dead' }, given);
    const { client, url } = await givenQueue({ redrive: { deadLetterQueueName: 'dead', maxReceiveCount: 5 } }, given);
    const input = { QueueUrl: url, AttributeNames: ['RedrivePolicy' as const] };
    const { Attributes } = await client.send(new GetQueueAttributesCommand(input));
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({ deadLetterTargetArn: dead.arn, maxReceiveCount: 5 });
  });
});
