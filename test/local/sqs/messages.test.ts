import { createHash } from 'node:crypto';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { clientOf, exceptionOf, givenQueue, givenSqs, REGION } from './given-sqs.ts';

const LIMIT = 262_144;

describe('messages', () => {
  test('arrive as they were sent, with digests the SDK verifies', async () => {
    const { client, url, receive } = await givenQueue();
    const sent = await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: 'Reseña de ñandú 👍🏽\n<&>"',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'import' },
          size: { DataType: 'Number.int', StringValue: '12' },
          raw: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255, 7]) },
        },
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } },
      }),
    );
    expect(sent.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
    const [message] = await receive({ MessageAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'Reseña de ñandú 👍🏽\n<&>"',
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: {
        ApproximateReceiveCount: '1',
        AWSTraceHeader: 'Root=1-2-3',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'import' },
        size: { DataType: 'Number.int', StringValue: '12' },
      },
    });
    expect(Buffer.from(message?.MessageAttributes?.raw?.BinaryValue ?? [])).toEqual(Buffer.from([0, 255, 7]));
  });

  test('carry the digest of attributes that SQS documents', async () => {
    const { client, url } = await givenQueue();
    const MessageAttributes = { MyAttribute: { DataType: 'String', StringValue: 'MyValue' } };
    const input = { QueueUrl: url, MessageBody: 'x', MessageAttributes };
    const layout = (text: string) => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);
    const expected = createHash('md5')
      .update(Buffer.concat([layout('MyAttribute'), layout('String'), Buffer.of(1), layout('MyValue')]))
      .digest('hex');
    expect((await client.send(new SendMessageCommand(input))).MD5OfMessageAttributes).toBe(expected);
  });

  test('show only the attributes asked for', async () => {
    const { send, receive } = await givenQueue({ visibilityTimeoutSeconds: 0 });
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    await send('x', { MessageAttributes: { 'job.kind': text('a'), 'job.id': text('b'), other: text('c') } });
    const names = async (MessageAttributeNames: string[]) => {
      const [message] = await receive({ MessageAttributeNames, MessageSystemAttributeNames: ['SenderId'] });
      expect(Object.keys(message?.Attributes ?? {})).toEqual(['SenderId']);
      return Object.keys(message?.MessageAttributes ?? {}).sort();
    };
    expect(await names([])).toEqual([]);
    expect(await names(['other'])).toEqual(['other']);
    expect(await names(['job.*'])).toEqual(['job.id', 'job.kind']);
    expect(await names(['.*'])).toEqual(['job.id', 'job.kind', 'other']);
  });

  test('fit into 256 KiB, attributes included, unless the queue says otherwise', async () => {
    const { send, sqs, client } = await givenQueue();
    await send('x'.repeat(LIMIT));
    expect(await exceptionOf(send('x'.repeat(LIMIT + 1)))).toBe('InvalidParameterValue');
    expect(await exceptionOf(send(`${'x'.repeat(LIMIT - 1)}ñ`))).toBe('InvalidParameterValue');
    const MessageAttributes = { a: { DataType: 'String', StringValue: 'b' } };
    await send('x'.repeat(LIMIT - 8), { MessageAttributes });
    expect(await exceptionOf(send('x'.repeat(LIMIT - 7), { MessageAttributes }))).toBe('InvalidParameterValue');
    const large = await givenQueue({ name: 'large', maximumMessageBytes: 1_048_576 }, { sqs, client });
    await large.send('x'.repeat(1_048_576));
  });

  test('are refused when they cannot be', async () => {
    const { send } = await givenQueue();
    const attribute = { DataType: 'String', StringValue: 'v' };
    expect(await exceptionOf(send(''))).toBe('InvalidParameterValue');
    expect(await exceptionOf(send('bell \u0007'))).toBe('InvalidMessageContents');
    expect(await exceptionOf(send('x', { DelaySeconds: 901 }))).toBe('InvalidParameterValue');
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`a${n}`, attribute]));
    expect(await exceptionOf(send('x', { MessageAttributes: many }))).toBe('InvalidParameterValue');
    const untyped = { a: { DataType: 'Text', StringValue: 'v' } };
    expect(await exceptionOf(send('x', { MessageAttributes: untyped }))).toBe('InvalidParameterValue');
    const empty = { a: { DataType: 'Binary', StringValue: 'v' } };
    expect(await exceptionOf(send('x', { MessageAttributes: empty }))).toBe('InvalidParameterValue');
    expect(await exceptionOf(send('x', { MessageDeduplicationId: 'd' }))).toBe('InvalidParameterValue');
  });
});

describe('queues', () => {
  test('are found by name and describe themselves', async () => {
    const { client, sqs, url, arn } = await givenQueue({ visibilityTimeoutSeconds: 90 });
    expect(arn).toBe(`arn:aws:sqs:${REGION}:123456789012:work`);
    expect(url).toBe(`${sqs.endpoint}/123456789012/work`);
    expect((await client.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl).toBe(url);
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'wo' }))).QueueUrls).toEqual([url]);
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'no' }))).QueueUrls).toBeUndefined();
    const attributes = (AttributeNames: ('All' | 'VisibilityTimeout' | 'RedrivePolicy')[]) =>
      client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }));
    expect((await attributes(['VisibilityTimeout', 'RedrivePolicy'])).Attributes).toEqual({ VisibilityTimeout: '90' });
    expect((await attributes(['All'])).Attributes).toMatchObject({ QueueArn: arn, MaximumMessageSize: String(LIMIT) });
    const unknown = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Colour' as 'All'] });
    expect(await exceptionOf(client.send(unknown))).toBe('InvalidParameterValue');
  });

  test('have to be there, and to be standard ones', async () => {
    const { client, sqs } = await givenSqs();
    expect(await exceptionOf(client.send(new GetQueueUrlCommand({ QueueName: 'none' })))).toBe('QueueDoesNotExist');
    const QueueUrl = `${sqs.endpoint}/123456789012/none`;
    expect(await exceptionOf(client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })))).toBe(
      'QueueDoesNotExist',
    );
    await expect(sqs.createQueue({ name: 'work.fifo' })).rejects.toThrow('standard');
    await expect(sqs.createQueue({ name: '../work' })).rejects.toThrow('standard');
  });

  test('are emptied by a purge or a reset', async () => {
    const { client, sqs, url, send, receive, counts } = await givenQueue();
    await send('a');
    await send('b', { DelaySeconds: 60 });
    await receive({ MaxNumberOfMessages: 1 });
    expect(await counts()).toEqual([0, 1, 1]);
    await client.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(await counts()).toEqual([0, 0, 0]);
    await send('c');
    sqs.reset();
    expect(await receive()).toEqual([]);
  });

  test('take deletes of what is gone, but no foreign receipt', async () => {
    const { client, url, send, receive } = await givenQueue();
    await send('x');
    const [message] = await receive();
    const remove = (ReceiptHandle: string | undefined) =>
      client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    await remove(message?.ReceiptHandle);
    await remove(message?.ReceiptHandle);
    expect(await exceptionOf(remove('made up'))).toBe('ReceiptHandleIsInvalid');
  });

  test('fail on demand, which the SDK’s own retries survive', async () => {
    const { sqs, url, send, receive } = await givenQueue();
    for (const error of ['throttle', 'internal', 'unavailable', 'drop'] as const) {
      sqs.faults.set({ operation: 'SendMessage', error, times: 2 });
      await send(error);
    }
    expect(sqs.faults.counts()).toEqual({ SendMessage: 12 });
    expect(await receive()).toHaveLength(4);
    sqs.faults.set({ operation: 'SendMessage', error: 'drop', times: 1, carriedOut: true });
    await send('twice');
    expect((await receive()).map(({ Body }) => Body)).toEqual(['twice', 'twice']);
    sqs.faults.set({ error: 'throttle', times: 1 });
    const once = clientOf(sqs, { maxAttempts: 1 }).send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    expect(await exceptionOf(once)).toBe('ThrottlingException');
  });
});
