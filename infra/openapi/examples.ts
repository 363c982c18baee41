import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Route } from '../../shared/platform/http/route.ts';

const texts = z.record(z.string(), z.string());
const json = z.record(z.string(), z.unknown());

const routeExample = z.strictObject({
  params: texts.optional(),
  query: texts.optional(),
  body: json.optional(),
  answer: json.optional(),
});

/** One call of an operation and what it is answered. */
export type RouteExample = z.output<typeof routeExample>;

/** Examples of a function by operation id, as `functions/<name>/examples.json` holds them: data, no part of a bundle. */
export type RouteExamples = Readonly<Record<string, RouteExample>>;

/** The examples of a function; none while it has no file of them. */
export function examplesOf(functionName: string): RouteExamples {
  const file = new URL(`../../functions/${functionName}/examples.json`, import.meta.url);
  return existsSync(file) ? z.record(z.string(), routeExample).parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

/** What an example of a route has to hold. */
function partsOf({ params, body, success }: Route): readonly (keyof RouteExample)[] {
  return [
    ...(params ? (['params'] as const) : []),
    ...(body && body.optional !== true ? (['body'] as const) : []),
    ...('schema' in success || 'rows' in success ? (['answer'] as const) : []),
  ];
}

/** Sentences about what an operation's example lacks; none for a whole one. */
export function lacksOf(functionName: string, operationId: string, route: Route, examples: RouteExamples): string[] {
  const file = `functions/${functionName}/examples.json`;
  const example = examples[operationId];
  const parts = partsOf(route);
  if (example === undefined) {
    const wanted = parts.length > 0 ? `{ ${parts.map((part) => `"${part}": …`).join(', ')} }` : '{}';
    return [`${file} has no example of ${route.method} ${route.path}: add "${operationId}": ${wanted}.`];
  }
  return parts
    .filter((part) => example[part] === undefined)
    .map((part) => `${file}: add "${part}" to "${operationId}".`);
}
