import { describe, expect, it } from 'vitest';
import { Remembered } from '../../../shared/platform/cache/remembered.ts';

describe('remembered answers', () => {
  it('hold until their instant and not at it', () => {
    const kept = new Remembered<string>(10);
    kept.keep('a', 'yes', 1_000);
    expect(kept.find('a', 999)).toBe('yes');
    expect(kept.find('a', 1_000)).toBeUndefined();
    expect(kept.find('a', 0)).toBeUndefined();
  });

  it('are replaced by newer ones, which are then the youngest', () => {
    const kept = new Remembered<number>(2);
    kept.keep('a', 1, 10);
    kept.keep('b', 2, 10);
    kept.keep('a', 3, 10);
    kept.keep('c', 4, 10);
    expect([kept.find('a', 0), kept.find('b', 0), kept.find('c', 0)]).toEqual([3, undefined, 4]);
  });
});
