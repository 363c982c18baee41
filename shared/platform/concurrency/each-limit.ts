/**
 * Runs `work` over all of `inputs`, at most `limit` at a time. After a failure nothing new begins; what runs is waited
 * for, then the first failure is thrown.
 */
export async function eachLimit<T>(
  inputs: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (input: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const input of inputs) {
    const task: Promise<void> = work(input)
      .catch((thrown: unknown) => void failures.push(thrown))
      .finally(() => running.delete(task));
    running.add(task);
    if (running.size >= limit) await Promise.race(running);
    if (failures.length > 0) break;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
