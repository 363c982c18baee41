/** Runs tasks of the same name one after the other, in the order they came; tasks of other names do not wait. */
export type OneAtATime = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/**
 * Lines of tasks within this process, for what would only get into its own way if it were begun at once.
 *
 * @example
 * const inLine = oneAtATime();
 * await inLine(empresaId, () => commit());
 */
export function oneAtATime(): OneAtATime {
  const lasts = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const before = lasts.get(name) ?? Promise.resolve();
    const result = before.then(task, task);
    lasts.set(name, result);
    const leave = () => {
      if (lasts.get(name) === result) lasts.delete(name);
    };
    result.then(leave, leave);
    return result;
  };
}
