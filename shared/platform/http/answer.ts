import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import { type Exchange, headerOf } from './exchange.ts';
import { pageEnvelope } from './list-links.ts';
import { listAnswer, type NumberedPage } from './numbered-list.ts';
import type { Reply } from './route.ts';
import type { textOfPieces } from './text-pieces.ts';

/** An answer as API Gateway takes it. */
export type Answer = APIGatewayProxyStructuredResultV2;

function isReply(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'reply';
}

export interface AnswerDeps {
  /** Base of every absolute link. */
  readonly publicBaseUrl: string;
  /** For a function with an operation that answers a text piece by piece. */
  readonly textOfPieces?: typeof textOfPieces;
}

/** What an operation returned, as the route declares its success. */
export async function answerOf({ route, event }: Exchange, returned: unknown, deps: AnswerDeps): Promise<Answer> {
  const { success } = route;
  const {
    body,
    status = success.status,
    headers = {},
    cookies = [],
  } = isReply(returned) ? returned : ({ kind: 'reply', body: returned } satisfies Reply<unknown>);
  const common = { statusCode: status, ...(cookies.length > 0 && { cookies: [...cookies] }) };
  const json = { 'Content-Type': 'application/json', ...headers };
  if ('schema' in success) return { ...common, headers: json, body: toJson(success.schema, body) };
  if ('rows' in success) {
    const envelope = pageEnvelope(body as NumberedPage<unknown>, event, deps.publicBaseUrl);
    return { ...common, headers: json, body: toJson(listSchemaOf(success.rows), envelope) };
  }
  if (!('contentType' in success)) return { ...common, headers: { ...headers }, body: '' };
  const typed = { 'Content-Type': success.contentType, ...headers };
  if (typeof body === 'string') return { ...common, headers: typed, body };
  if (deps.textOfPieces !== undefined && isPieces(body)) {
    const whole = await deps.textOfPieces(body, headerOf(event, 'accept-encoding'));
    return { ...common, ...whole, headers: { ...typed, ...whole.headers } };
  }
  return { ...common, headers: typed, body: Buffer.from(body as Uint8Array).toString('base64'), isBase64Encoded: true };
}

function isPieces(body: unknown): body is AsyncIterable<string> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

type ListSchema = ReturnType<typeof listAnswer>;

/** One for each list: the first use of a schema compiles it, which takes longer than all that follow. */
const listSchemas = new WeakMap<z.ZodType, ListSchema>();

function listSchemaOf(rows: z.ZodType): ListSchema {
  const known = listSchemas.get(rows);
  if (known !== undefined) return known;
  const made = listAnswer(rows);
  listSchemas.set(rows, made);
  return made;
}

/** The response schema strips whatever it does not name, so that no stored field leaves by accident. */
function toJson(schema: z.ZodType, body: unknown): string {
  return JSON.stringify(schema.parse(body));
}
