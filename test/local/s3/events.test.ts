import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3EventRecord } from 'aws-lambda';
import { describe, expect, test, vi } from 'vitest';
import { createSequencer, decodeEventKey, matchesNotification } from '../../../infra/local/s3/notification.ts';
import { BUCKET, givenS3, REGION } from './given-s3.ts';

describe('creation events', () => {
  test('are notification records of version 2.1', async () => {
    const { client, events } = await givenS3({ now: () => new Date('2026-11-21T09:30:00.123Z') });
    const Key = 'arrivals/t1/llegadas de mañana+(1)&más.xlsx';
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'abc' }));
    expect(events).toEqual([
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: REGION,
        eventTime: '2026-11-21T09:30:00.123Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: expect.any(String) },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: expect.any(String),
          bucket: { name: BUCKET, ownerIdentity: { principalId: expect.any(String) }, arn: `arn:aws:s3:::${BUCKET}` },
          object: {
            key: 'arrivals/t1/llegadas+de+ma%C3%B1ana%2B%281%29%26m%C3%A1s.xlsx',
            size: 3,
            eTag: '900150983cd24fb0d6963f7d28e17f72',
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
        },
      },
    ]);
    expect(decodeEventKey(events[0]?.s3.object.key ?? '')).toBe(Key);
  });

  test('name the way of creation; a delete and a read make none', async () => {
    const { client, events } = await givenS3();
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'x' }));
    await client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'b', CopySource: `${BUCKET}/a` }));
    await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'b' }));
    await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'b' }));
    expect(events.map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Put', 'ObjectCreated:Copy']);
  });

  test('find the object readable, and a failing consumer fails no upload', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const seen: Promise<string | undefined>[] = [];
    const given = await givenS3({
      onEvent: ({ s3 }: S3EventRecord) => {
        const get = new GetObjectCommand({ Bucket: BUCKET, Key: decodeEventKey(s3.object.key) });
        seen.push(given.client.send(get).then(({ Body }) => Body?.transformToString()));
        throw new RangeError('guest name');
      },
    });
    await given.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a b', Body: 'here' }));
    expect(await Promise.all(seen)).toEqual(['here']);
    expect(complaint.mock.calls.flat().join(' ')).toContain('RangeError');
    expect(complaint.mock.calls.flat().join(' ')).not.toContain('guest name');
    complaint.mockRestore();
  });

  test('have ascending sequencers, also at a clock that stands still or goes back', () => {
    const clock = { now: 2_000 };
    const sequencer = createSequencer(() => new Date(clock.now));
    const taken = [sequencer.next(), sequencer.next()];
    clock.now = 1_000;
    taken.push(sequencer.next());
    clock.now = 3_000;
    taken.push(sequencer.next());
    sequencer.atLeast('F'.repeat(17).padStart(18, '0'));
    taken.push(sequencer.next());
    expect(new Set(taken).size).toBe(5);
    expect([...taken].sort()).toEqual(taken);
  });
});

describe('matchesNotification', () => {
  test.each([
    [{}, true],
    [{ prefix: 'arrivals/' }, true],
    [{ suffix: '.xlsx' }, true],
    [{ prefix: 'arrivals/', suffix: '.xlsx' }, true],
    [{ prefix: 'results/', suffix: '.xlsx' }, false],
    [{ prefix: 'arrivals/', suffix: '.csv' }, false],
    [{ prefix: 'Arrivals/' }, false],
  ])('%o → %s', (filter, expected) => {
    expect(matchesNotification(filter, 'arrivals/t1/mañana 1.xlsx')).toBe(expected);
  });
});
