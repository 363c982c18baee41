import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { listAnswer } from '../../shared/platform/http/numbered-list.ts';
import type { Route } from '../../shared/platform/http/route.ts';
import { UPLOAD_WORDS } from '../../shared/platform/http/upload-words.ts';
import type { DescribedOperation } from './operations.ts';

const texts = z.record(z.string(), z.string());
const json = z.record(z.string(), z.unknown());

const routeExample = z.strictObject({
  params: texts.optional(),
  query: texts.optional(),
  body: json.optional(),
  /** Files of the form: the name of a sample under each field. */
  files: texts.optional(),
  answer: json.optional(),
});

/** One call of an operation and what it is answered. */
export type RouteExample = z.output<typeof routeExample>;

/**
 * The examples of a function by operation id, from `functions/<name>/examples.json`: data, and no part of a bundle.
 * None while there is no such file.
 */
export function examplesOf(functionName: string): Readonly<Record<string, RouteExample>> {
  const file = new URL(`../../functions/${functionName}/examples.json`, import.meta.url);
  return existsSync(file) ? z.record(z.string(), routeExample).parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

/** What an example of a route has to hold. */
function partsOf({ params, body, upload, success }: Route): readonly (keyof RouteExample)[] {
  return [
    ...(params ? (['params'] as const) : []),
    ...(body?.form ? (['files'] as const) : []),
    ...((body && body.optional !== true) || upload ? (['body'] as const) : []),
    ...('schema' in success || 'rows' in success ? (['answer'] as const) : []),
  ];
}

/** The fields of a body without the ids of staged files, which the pipeline reads by itself. */
export function withoutStagedIds({ surface, upload }: Route, body: RouteExample['body']) {
  if (upload === undefined || body === undefined) return body;
  const { idField } = UPLOAD_WORDS[surface];
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith(idField)));
}

/** The fields of a form with its files, which count as soon as they hold something. */
function withFiles(body: RouteExample['body'], files: RouteExample['files']) {
  if (files === undefined) return body;
  const samples = Object.entries(files).map(([field, name]) => [field, { name, bytes: new Uint8Array(1) }]);
  return { ...body, ...Object.fromEntries(samples) };
}

function schemasOf({ params, query, body, success }: Route): Partial<Record<keyof RouteExample, z.ZodType>> {
  const rows = 'rows' in success ? listAnswer(success.rows) : undefined;
  const answer = 'schema' in success ? success.schema : rows;
  return {
    ...(params && { params }),
    ...(query && { query }),
    ...(body && { body: body.schema }),
    ...(answer && { answer }),
  };
}

/** What does not fit its schema; an answer may hold nothing that its schema does not name. */
function misfitsOf(route: Route, example: RouteExample): readonly string[] {
  const given = { ...example, body: withFiles(withoutStagedIds(route, example.body), example.files) };
  return (['params', 'query', 'body', 'answer'] as const).flatMap((part) => {
    const schema = schemasOf(route)[part];
    if (given[part] === undefined || schema === undefined) return [];
    const parsed = schema.safeParse(given[part]);
    if (!parsed.success) return [`"${part}" does not fit its schema: ${z.prettifyError(parsed.error)}`];
    const isWhole = part !== 'answer' || JSON.stringify(sorted(parsed.data)) === JSON.stringify(sorted(given[part]));
    return isWhole ? [] : [`"answer" has a field that the schema does not name`];
  });
}

/** The same value whatever the order of its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

/** Sentences that say what to add or mend in an operation's example; none for a good one. */
export function flawsOf({ id: operationId, functionName, route, example }: DescribedOperation): readonly string[] {
  const file = `functions/${functionName}/examples.json`;
  const parts = partsOf(route);
  if (example === undefined) {
    const wanted = parts.length > 0 ? `{ ${parts.map((part) => `"${part}": …`).join(', ')} }` : '{}';
    return [`${file} has no example of ${route.method} ${route.path}: add "${operationId}": ${wanted}.`];
  }
  const missing = parts.filter((part) => example[part] === undefined);
  return [
    ...missing.map((part) => `${file}: add "${part}" to "${operationId}" (${route.method} ${route.path}).`),
    ...misfitsOf(route, example).map((misfit) => `${file}: "${operationId}" ${misfit}.`),
  ];
}
