import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../shared/platform/dynamo/cursor.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

describe('cursors', () => {
  it('lead to the next page of the partition that is asked, never of the one that gave them out', () => {
    const cursor = encodeCursor({ pk: 'T#a#RUN', sk: '2026#1' }) ?? '';
    expect(decodeCursor(cursor, { pk: 'T#b#RUN' })).toEqual({ pk: 'T#b#RUN', sk: '2026#1' });
  });

  it('of an index carry its own place too, neither more nor less', () => {
    const index = { pk: 'P#a', gsi1pk: 'P#a' };
    const cursor = encodeCursor({ ...index, sk: '1', gsi1sk: '2026' }) ?? '';
    expect(decodeCursor(cursor, index, ['sk', 'gsi1sk'])).toEqual({ ...index, sk: '1', gsi1sk: '2026' });
    const half = encodeCursor({ sk: '1' }) ?? '';
    expect(() => decodeCursor(half, index, ['sk', 'gsi1sk'])).toThrow(AppError);
  });

  it('are null on the last page', () => {
    expect(encodeCursor(undefined)).toBeNull();
  });

  it('that nobody gave out are refused with a sentence', () => {
    const planted = Buffer.from(JSON.stringify({ pk: 'T#b#RUN' })).toString('base64url');
    for (const text of [
      '',
      'x',
      planted,
      Buffer.from('[1]').toString('base64url'),
      ...['{"sk":1}', '{"sk":""}', '{"sk":"a","gsi1sk":"b"}', '{"gsi1sk":"b"}'].map((place) =>
        Buffer.from(place).toString('base64url'),
      ),
    ]) {
      expect(() => decodeCursor(text, { pk: 'T#a' })).toThrow(AppError);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          return decodeCursor(text, { pk: 'T#a' }).pk === 'T#a';
        } catch (thrown) {
          return thrown instanceof AppError && thrown.code === 'invalid';
        }
      }),
    );
  });
});
