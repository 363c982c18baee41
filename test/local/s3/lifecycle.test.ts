import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { expiresAt } from '../../../infra/local/s3/lifecycle.ts';
import { failureOf, givenS3 } from './given-s3.ts';

describe('expiry rules', () => {
  test.each([
    ['2026-11-21T09:30:00Z', 1, '2026-11-23T00:00:00Z'],
    ['2026-11-21T00:00:00Z', 1, '2026-11-22T00:00:00Z'],
    ['2026-11-21T23:59:59Z', 3, '2026-11-25T00:00:00Z'],
  ])('an object of %s with %i days ends at %s', (born, days, end) => {
    expect(expiresAt({ days }, new Date(born))).toEqual(new Date(end));
  });

  test('are carried out by a sweep, prefix by prefix, and make no event', async () => {
    const clock = { now: new Date('2026-11-21T09:30:00Z') };
    const { s3, client, events } = await givenS3({ now: () => clock.now, machineNow: () => new Date() });
    s3.createBucket('ruled', [
      { prefix: 'uploads/', days: 1 },
      { prefix: 'results/', days: 4 },
    ]);
    const keys = ['uploads/a', 'results/a', 'kept/a'];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: 'ruled', Key, Body: 'x' }));
    const alive = async () => {
      const found = await Promise.all(
        keys.map((Key) =>
          client.send(new HeadObjectCommand({ Bucket: 'ruled', Key })).then(
            () => Key,
            () => '',
          ),
        ),
      );
      return found.filter((key) => key !== '');
    };
    expect(s3.sweep(new Date('2026-11-22T23:59:59Z'))).toBe(0);
    expect(s3.sweep(new Date('2026-11-23T00:00:00Z'))).toBe(1);
    expect(await alive()).toEqual(['results/a', 'kept/a']);
    clock.now = new Date('2027-01-01T00:00:00Z');
    expect(s3.sweep()).toBe(1);
    expect(await alive()).toEqual(['kept/a']);
    expect(events).toHaveLength(3);
    const gone = client.send(new HeadObjectCommand({ Bucket: 'ruled', Key: 'uploads/a' }));
    expect((await failureOf(gone)).status).toBe(404);
  });
});
