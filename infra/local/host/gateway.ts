import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { GatewayRoute } from '../template/http-api.ts';
import { authorizerEvent, type GatewayIdentity, proxyEvent } from './proxy-event.ts';
import { gatewayAnswer, sendProxyResult } from './proxy-response.ts';
import { hasBody, readBody } from './read-body.ts';
import { compileRoutes, type RouteMatch } from './route-map.ts';

/** Largest body that an HTTP API takes (API Gateway quotas). */
const MAX_REQUEST_BYTES = 10 * 1024 * 1024;
/** Largest event of a function that is called and waited for (Lambda quotas), as JSON. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;
/** JSON writes no byte of text with more bytes than this. */
const WORST_ESCAPE = 6;
/** Ample room in the event for everything that is not the body. */
const EVENT_FRAME_BYTES = 128 * 1024;

export interface GatewayOptions {
  readonly routes: readonly GatewayRoute[];
  readonly identity: GatewayIdentity;
  /** Calls a function and waits for it; rejects when the function fails. */
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
}

const TIMED_OUT = Symbol('integration timed out');

/**
 * The HTTP API: turns each request into an event, has the authorizer look at it where the route has one, calls the
 * function and sends its answer. What no function answers is answered in the gateway's own words.
 */
export function createGateway({ routes, identity, invoke }: GatewayOptions): RequestListener {
  const routeMap = compileRoutes(routes);

  async function integrate(
    event: APIGatewayProxyEventV2,
    route: GatewayRoute,
    response: ServerResponse,
  ): Promise<void> {
    const { requestId } = event.requestContext;
    if (route.authorizer !== undefined) {
      const verdict = (await invoke(route.authorizer, authorizerEvent(event, identity))) as SimpleResponse | undefined;
      if (verdict?.isAuthorized !== true) return gatewayAnswer(response, 403, 'Forbidden', requestId);
      Object.assign(event.requestContext, { authorizer: { lambda: verdict.context ?? null } });
    }
    const returned = await within(route.timeoutMs, invoke(route.functionName, event));
    if (returned === TIMED_OUT) return gatewayAnswer(response, 503, 'Service Unavailable', requestId);
    if (!sendProxyResult(response, returned, requestId))
      throw new Error('The function gave no answer that can be sent.');
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const match: RouteMatch<GatewayRoute> | undefined = routeMap.match(
      request.method ?? 'GET',
      mark < 0 ? url : url.slice(0, mark),
    );
    let body: Buffer | undefined;
    if (hasBody(request)) {
      body = await readBody(request, MAX_REQUEST_BYTES);
      if (body === undefined) return gatewayAnswer(response, 413, 'Request Entity Too Large');
    }
    if (match === undefined) return gatewayAnswer(response, 404, 'Not Found');
    const event = proxyEvent(request, body, match, identity);
    if (exceedsEventLimit(event)) {
      return gatewayAnswer(response, 413, 'Request Entity Too Large', event.requestContext.requestId);
    }
    await integrate(event, match.route, response).catch(() => {
      // The runtime has logged it.
      if (!response.headersSent) gatewayAnswer(response, 500, 'Internal Server Error', event.requestContext.requestId);
    });
  }

  return (request, response) => {
    answer(request, response).catch(() => response.destroy());
  };
}

/** What a Lambda authorizer answers (`EnableSimpleResponses`). */
interface SimpleResponse {
  readonly isAuthorized?: boolean;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Measures the event only where its body leaves any doubt. */
function exceedsEventLimit(event: APIGatewayProxyEventV2): boolean {
  const length = event.body?.length ?? 0;
  const longest = (event.isBase64Encoded ? length : length * WORST_ESCAPE) + EVENT_FRAME_BYTES;
  return longest > MAX_EVENT_BYTES && Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES;
}

/** The outcome, or {@link TIMED_OUT} when it does not come in time; what comes too late is dropped. */
function within(ms: number, outcome: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(TIMED_OUT), ms);
    timer.unref();
    outcome.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
