import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eachLimit } from '../../../shared/platform/concurrency/each-limit.ts';

describe('eachLimit', () => {
  it('does all of the work, never more than the limit at a time', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await eachLimit([5, 1, 4, 2, 3, 1, 5], 3, async (turns) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < turns; turn += 1) await sleep(0);
      running -= 1;
      done.push(turns);
    });
    expect(done.sort()).toEqual([1, 1, 2, 3, 4, 5, 5]);
    expect(most).toBe(3);
  });

  it('takes inputs only when there is room for them', async () => {
    let taken = 0;
    async function* endless() {
      for (;;) yield taken++;
    }
    const stop = new Error('enough');
    const work = async (input: number) => {
      await sleep(0);
      if (input === 20) throw stop;
    };
    await expect(eachLimit(endless(), 4, work)).rejects.toBe(stop);
    expect(taken).toBeLessThan(30);
  });

  it('fails with the first failure and leaves none unhandled', async () => {
    const work = (input: number) => (input % 2 === 0 ? Promise.reject(new Error(String(input))) : sleep(1));
    await expect(eachLimit([1, 3, 4, 6, 8], 5, work)).rejects.toThrow('4');
  });
});
