import { describe, expect, it } from 'vitest';
import { oneAtATime } from '../../../shared/platform/concurrency/one-at-a-time.ts';

/** A task that ends when told. */
function task() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let begun = false;
  const run = () => {
    begun = true;
    return promise;
  };
  return { run, end: resolve, fail: reject, begun: () => begun };
}

const turn = () => new Promise((done) => setImmediate(done));

describe('tasks of one name', () => {
  it('are run one after the other, in their order, also after one that fails', async () => {
    const inLine = oneAtATime();
    const [first, second, third] = [task(), task(), task()];
    const failed = inLine('a', first.run);
    const others = [inLine('a', second.run), inLine('a', third.run)];
    await turn();
    expect([first.begun(), second.begun(), third.begun()]).toEqual([true, false, false]);
    first.fail(new Error('no'));
    await expect(failed).rejects.toThrow('no');
    await turn();
    expect([second.begun(), third.begun()]).toEqual([true, false]);
    second.end();
    third.end();
    await Promise.all(others);
  });

  it('do not wait for those of another', async () => {
    const inLine = oneAtATime();
    const [first, other] = [task(), task()];
    const pending = inLine('a', first.run);
    other.end();
    await inLine('b', other.run);
    expect(first.begun()).toBe(true);
    first.end();
    await pending;
  });
});
