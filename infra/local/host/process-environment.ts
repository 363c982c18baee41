/** Replaces the whole environment of the process while `run` runs, then puts back what was there. */
export async function withProcessEnvironment<T>(
  environment: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  replaceAll(environment);
  try {
    return await run();
  } finally {
    replaceAll(before);
  }
}

function replaceAll(environment: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) if (environment[name] === undefined) delete process.env[name];
  // Node puts undefined down as a text.
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value;
}

/**
 * Sets variables for as long as the local cloud runs, undefined ones by deleting them; the answer puts back what was
 * there.
 */
export function overlayProcessEnvironment(variables: Readonly<Record<string, string | undefined>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = (entries: Iterable<readonly [string, string | undefined]>) => {
    for (const [name, value] of entries) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  set(Object.entries(variables));
  return () => set(before);
}
