import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../shared/platform/dynamo/cursor.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';

describe('cursors', () => {
  it('lead to the next page of the partition that is asked, never of the one that gave them out', () => {
    const cursor = encodeCursor({ pk: 'T#a#RUN', sk: '2026#1' }) ?? '';
    expect(decodeCursor(cursor, { pk: 'T#b#RUN' })).toEqual({ pk: 'T#b#RUN', sk: '2026#1' });
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
      Buffer.from('{"sk":1}').toString('base64url'),
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
