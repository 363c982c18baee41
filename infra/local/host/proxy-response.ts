import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** What a function may answer to an HTTP API in payload format 2.0, before it is looked at. */
interface ProxyResult {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly cookies?: readonly string[] | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** Largest answer of a function that is called and waited for (Lambda quotas), as JSON. */
const MAX_RESULT_BYTES = 6 * 1024 * 1024;
/** JSON writes no character with more bytes than this. */
const WORST_ESCAPE = 6;
const PLAIN_TEXT = 'text/plain;charset=UTF-8';

/** Answers in the gateway's own words, for calls that no function answers. */
export function gatewayAnswer(response: ServerResponse, status: number, message: string, requestId?: string): void {
  const body = JSON.stringify({ message });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...(requestId !== undefined && { 'apigw-requestid': requestId }),
  });
  response.end(body);
}

/** Said by the gateway itself: the length is its to say, and a connection is between two neighbours. */
const OWN_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding']);

/**
 * Sends what a function answered. An answer without `statusCode` is a JSON body of its own (payload format 2.0).
 * False when the answer cannot be sent, which the gateway calls an internal error.
 */
export function sendProxyResult(response: ServerResponse, returned: unknown, requestId: string): boolean {
  const result = inferred(returned);
  const status = Number(result.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return false;
  const text = textOf(result.body);
  if (text === undefined || isTooLarge(text, returned)) return false;
  const body = result.isBase64Encoded === true ? Buffer.from(text, 'base64') : text;
  const headers = headersOf(result, text !== '');
  if (status !== 204 && status !== 304) headers['content-length'] = Buffer.byteLength(body);
  headers['apigw-requestid'] = requestId;
  response.writeHead(status, headers);
  response.end(body);
  return true;
}

function textOf(body: unknown): string | undefined {
  if (body === undefined || body === null) return '';
  return typeof body === 'object' ? undefined : String(body);
}

/** Measures the answer only where its body leaves any doubt. */
function isTooLarge(body: string, returned: unknown): boolean {
  return (
    body.length * WORST_ESCAPE > MAX_RESULT_BYTES && Buffer.byteLength(JSON.stringify(returned)) > MAX_RESULT_BYTES
  );
}

function headersOf({ headers, cookies }: ProxyResult, hasBody: boolean): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {};
  for (const name in headers) {
    const value = headers[name];
    const lower = name.toLowerCase();
    if (value === undefined || value === null || OWN_HEADERS.has(lower)) continue;
    sent[lower] = String(value);
  }
  if (hasBody) sent['content-type'] ??= PLAIN_TEXT;
  if (cookies !== undefined && cookies !== null) sent['set-cookie'] = [...cookies];
  return sent;
}

function inferred(returned: unknown): ProxyResult {
  if (typeof returned === 'object' && returned !== null && 'statusCode' in returned) return returned as ProxyResult;
  const body = typeof returned === 'string' ? returned : (JSON.stringify(returned) ?? 'null');
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
}
