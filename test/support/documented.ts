import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { OPENAPI_FILE } from '../../infra/openapi/openapi-yaml.ts';

/** A schema of the document, its references followed. */
export interface DocumentedSchema {
  readonly [keyword: string]: unknown;
}

interface Content {
  readonly 'application/json'?: { readonly schema: DocumentedSchema; readonly example?: unknown };
  readonly 'multipart/form-data'?: { readonly schema: DocumentedSchema };
}

/** An operation as its readers see it: from the committed document, every reference followed. */
export interface DocumentedOperation {
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: DocumentedSchema }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

const text = readFileSync(OPENAPI_FILE, 'utf8');
const document = parse(text) as Record<string, unknown> & {
  paths: Record<string, Record<string, DocumentedOperation & { operationId: string }>>;
};

function followed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(followed);
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value) return followed(at(String(value.$ref)));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, followed(each)]));
}

function at(pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
}

const OPERATIONS = new Map(
  Object.values(document.paths).flatMap((path) =>
    Object.values(path).map((operation) => [operation.operationId, operation] as const),
  ),
);

/** The operation of an id. */
export function documented(operationId: string): DocumentedOperation {
  const operation = OPERATIONS.get(operationId);
  if (operation === undefined) throw new Error(`The document has no ${operationId}: run npm run openapi`);
  return followed(operation) as DocumentedOperation;
}

/** What is wrong with an answer by the document: its status, or its body; undefined when nothing is. */
export function answerFlaw(
  operation: DocumentedOperation,
  { status, body, text }: { readonly status: number; readonly body: unknown; readonly text: string },
): string | undefined {
  const response = operation.responses[String(status)];
  if (response === undefined) return `status ${status} is not documented: ${text.slice(0, 300)}`;
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined) return undefined;
  const parsed = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(body);
  return parsed.success ? undefined : `${status}: ${z.prettifyError(parsed.error)} in ${text.slice(0, 300)}`;
}
