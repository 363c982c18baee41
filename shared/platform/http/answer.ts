import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { Exchange } from './exchange.ts';
import { pageEnvelope } from './list-links.ts';
import { listAnswer, type NumberedPage } from './numbered-list.ts';
import type { Reply } from './route.ts';

/** An answer as API Gateway takes it. */
export type Answer = APIGatewayProxyStructuredResultV2;

function isReply(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'reply';
}

/**
 * What an operation returned, as the route declares its success.
 * @param publicBaseUrl base of the links of a page
 */
export function answerOf({ route, event }: Exchange, returned: unknown, publicBaseUrl: string): Answer {
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
    const envelope = pageEnvelope(body as NumberedPage<unknown>, event, publicBaseUrl);
    return { ...common, headers: json, body: toJson(listAnswer(success.rows), envelope) };
  }
  if (!('contentType' in success)) return { ...common, headers: { ...headers }, body: '' };
  const typed = { 'Content-Type': success.contentType, ...headers };
  if (typeof body === 'string') return { ...common, headers: typed, body };
  return { ...common, headers: typed, body: Buffer.from(body as Uint8Array).toString('base64'), isBase64Encoded: true };
}

/** The response schema strips whatever it does not name, so that no stored field leaves by accident. */
function toJson(schema: z.ZodType, body: unknown): string {
  return JSON.stringify(schema.parse(body));
}
