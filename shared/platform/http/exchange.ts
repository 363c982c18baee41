import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Actor, VerdictContext } from '../auth/actor.ts';
import type { Tool } from '../auth/tool.ts';
import type { ReceivedUpload } from './receive-upload.ts';
import type { Route } from './route.ts';

const EXCHANGE = Symbol('exchange');

/** What the gateway hands over: payload format 2.0 with the authorizer's context where one is attached. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  requestContext: { authorizer?: { lambda?: Partial<VerdictContext> | null } };
  [EXCHANGE]?: Exchange;
};

/** The parsed parts of one call, filled stage by stage. */
export interface Exchange {
  readonly event: HttpEvent;
  readonly route: Route;
  readonly operationId: string;
  readonly now: Date;
  /** Headers that every answer to this call carries, whichever stage gives it. */
  readonly headers: Record<string, string>;
  actor: Actor | undefined;
  /** What the actor's company has switched off. */
  toolsOff: readonly Tool[];
  json: unknown;
  received: ReceivedUpload | undefined;
  params: unknown;
  query: unknown;
  body: unknown;
}

/**
 * Keeps the exchange on its event, which is all that middy hands both the handler and the middlewares. Not in a
 * `WeakMap`: once its table is old, V8's young collections let none of its keys go, so that every event of the last
 * minutes stood in memory and each collection moved 2 MB of them (`--trace-gc-nvp`, `GET /api/health`: 99.9 % promoted,
 * without it 0.1 %).
 */
export function keepExchange(event: HttpEvent, exchange: Exchange): void {
  event[EXCHANGE] = exchange;
}

/** The exchange of a call; undefined until its route is known. */
export function exchangeOf(event: HttpEvent): Exchange | undefined {
  return event[EXCHANGE];
}

/** A header of the call; the gateway has put the names in lower case. */
export function headerOf(event: HttpEvent, name: string): string | undefined {
  return event.headers[name];
}

/** A cookie's value as sent, undecoded. */
export function cookieOf(event: HttpEvent, name: string): string | undefined {
  const prefix = `${name}=`;
  return event.cookies?.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
}

/** The call's body as bytes; undefined when none was sent. */
export function bodyBytes(event: HttpEvent): Buffer | undefined {
  if (event.body === undefined || event.body === '') return undefined;
  return Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
}
