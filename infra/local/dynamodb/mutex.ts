/** Runs one task after the other, in the order they came. A task that fails does not stop the next. */
export type Exclusive = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** A queue of its own: tasks given to two queues do not wait for each other. */
export function createExclusive(): Exclusive {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result;
    return result;
  };
}
