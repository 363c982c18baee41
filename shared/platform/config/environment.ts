import type * as z from 'zod';

/**
 * Reads a function's environment once, at start. A missing or malformed variable stops the function before
 * its first request, naming the variable and never its value.
 *
 * @example const env = readEnvironment(z.object({ TABLE_NAME: z.string() }))
 * @throws Error naming every variable that is missing or malformed
 */
export function readEnvironment<T extends z.ZodType>(
  schema: T,
  source: Readonly<Record<string, string | undefined>> = process.env,
): z.output<T> {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  throw new Error(`Environment variables missing or malformed: ${names.join(', ')}`);
}
