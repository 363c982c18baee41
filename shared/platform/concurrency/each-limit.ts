/** Runs `work` over all of `inputs`, at most `limit` at a time; the first failure ends it. */
export async function eachLimit<T>(
  inputs: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (input: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const input of inputs) {
    const task = work(input).finally(() => running.delete(task));
    // The failure surfaces where the task is awaited; without this it would count as unhandled before that.
    task.catch(() => undefined);
    running.add(task);
    if (running.size >= limit) await Promise.race(running);
  }
  await Promise.all(running);
}
