import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { decodeSegment, type RouteMatch } from './route-map.ts';

/** What the gateway knows of itself. */
export interface GatewayIdentity {
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  readonly now: () => Date;
}

/** Content types whose bodies are handed over as text; all others, forms too, as Base64 (payload format 2.0). */
const TEXT_CONTENT = /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml)\b|application\/javascript\b)/i;
/** Fields between two neighbours, and `cookie`, which has a place of its own in the event. */
const NOT_FORWARDED = new Set([
  'connection',
  'cookie',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The request as an HTTP API hands it to a function (payload format 2.0), without the authorizer's context. */
export function proxyEvent(
  request: IncomingMessage,
  body: Buffer | undefined,
  match: RouteMatch<{ readonly key: string }>,
  gateway: GatewayIdentity,
): APIGatewayProxyEventV2 {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const rawQueryString = mark < 0 ? '' : url.slice(mark + 1);
  // An HTTP API hands the path over decoded, whatever the name of the field says.
  const rawPath = decodeSegment(mark < 0 ? url : url.slice(0, mark));
  const { headers, cookies } = headersOf(request);
  if (body !== undefined) headers['content-length'] = String(body.length);
  const isText = body !== undefined && isTextBody(headers, body);
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath,
    rawQueryString,
    ...(cookies !== undefined && { cookies }),
    headers,
    ...(rawQueryString !== '' && { queryStringParameters: queryOf(rawQueryString) }),
    ...(match.pathParameters !== undefined && { pathParameters: match.pathParameters }),
    requestContext: requestContext(request, { rawPath, headers, routeKey: match.route.key }, gateway),
    ...(body !== undefined && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body !== undefined && !isText,
  };
}

/** The same call as the authorizer sees it: no body, and the address of what is to be called. */
export function authorizerEvent(
  event: APIGatewayProxyEventV2,
  gateway: GatewayIdentity,
): APIGatewayRequestAuthorizerEventV2 {
  const { account, region, apiId } = gateway;
  const { body: _body, isBase64Encoded: _encoded, ...call } = event;
  const { method } = event.requestContext.http;
  return {
    ...call,
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:${region}:${account}:${apiId}/$default/${method}${event.rawPath}`,
    identitySource: [],
    cookies: event.cookies ?? [],
  };
}

function isTextBody(headers: Readonly<Record<string, string>>, body: Buffer): boolean {
  // What is not UTF-8 would not survive as text.
  return TEXT_CONTENT.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined && isUtf8(body);
}

/** Names in lower case, repeated fields joined by commas, cookies apart. */
function headersOf(request: IncomingMessage): { headers: Record<string, string>; cookies: string[] | undefined } {
  const headers: Record<string, string> = {};
  let cookies: string[] | undefined;
  const { rawHeaders } = request;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    const value = rawHeaders[i + 1] as string;
    if (name === 'cookie') cookies = [...(cookies ?? []), ...value.split(/;\s*/).filter(Boolean)];
    if (NOT_FORWARDED.has(name)) continue;
    const known = headers[name];
    headers[name] = known === undefined ? value : `${known},${value}`;
  }
  const { remoteAddress } = request.socket;
  const forwarded = headers['x-forwarded-for'];
  headers['x-forwarded-for'] =
    forwarded === undefined ? sourceIp(remoteAddress) : `${forwarded}, ${sourceIp(remoteAddress)}`;
  headers['x-forwarded-port'] = String(request.socket.localPort);
  headers['x-forwarded-proto'] = 'http';
  return { headers, cookies };
}

/** Decoded; repeated names joined by commas. */
function queryOf(raw: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(raw)) {
    const known = query[name];
    query[name] = known === undefined ? value : `${known},${value}`;
  }
  return query;
}

/** An IPv4 address in its own form, also on a socket that speaks both. */
function sourceIp(address = ''): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

function requestContext(
  request: IncomingMessage,
  call: { rawPath: string; headers: Readonly<Record<string, string>>; routeKey: string },
  { account, apiId, now }: GatewayIdentity,
): APIGatewayProxyEventV2['requestContext'] {
  const at = now();
  return {
    accountId: account,
    apiId,
    domainName: call.headers.host ?? '',
    domainPrefix: apiId,
    http: {
      method: request.method ?? 'GET',
      path: call.rawPath,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request.socket.remoteAddress),
      userAgent: call.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: call.routeKey,
    stage: '$default',
    time: commonLogTime(at),
    timeEpoch: at.getTime(),
  };
}

let lastTime = { second: Number.NaN, text: '' };

/** `21/Nov/2026:09:30:00 +0000`, worked out once a second. */
function commonLogTime(at: Date): string {
  const second = Math.floor(at.getTime() / 1000);
  if (second !== lastTime.second) {
    const day = String(at.getUTCDate()).padStart(2, '0');
    const text = `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
    lastTime = { second, text };
  }
  return lastTime.text;
}
