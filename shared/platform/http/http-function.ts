import middy, { type MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { AppError } from '../errors/app-error.ts';
import type { Log } from '../log/log.ts';
import { accessLog, commonHeaders, errorAnswer } from './answer-middleware.ts';
import type { Exchange, HttpEvent } from './exchange.ts';
import { preflightHeaders } from './response-headers.ts';
import type { Operations, Origin, Reply, Route, Routes } from './route.ts';
import { resolveRoute, routesByPath } from './router.ts';
import { STAGES, type StageDeps } from './stages.ts';
import { surfaceOf } from './surface.ts';

export type Answer = APIGatewayProxyStructuredResultV2;

/** What every HTTP function is built from. */
export interface HttpDeps extends StageDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly allowedOrigins: readonly string[];
}

/** A handler as API Gateway calls it. */
export type HttpHandler = MiddyfiedHandler<HttpEvent, Answer, Error, Context>;

/** Answers 504 in our own shape before the gateway gives up with its own. */
const TIMEOUT_EARLY = {
  timeoutEarlyInMillis: 500,
  timeoutEarlyResponse: () => {
    throw new AppError('timeout', 'La operación ha tardado demasiado. Vuelve a intentarlo.');
  },
};

/** An operation as the router sees it: its own type holds because the stages have parsed what it declares. */
type AnyOperation = (request: unknown) => Promise<unknown>;

/**
 * One Lambda for one group of routes: middy is the shell, the surface's stages run in its order, the operation sees
 * parsed values only, and its answer leaves through the route's response schema.
 *
 * @example export const handler = defineHttpFunction(authRoutes, { login: (request) => login(deps, request.body) }, deps)
 */
export function defineHttpFunction<R extends Routes>(
  routes: R,
  operations: Operations<R>,
  deps: HttpDeps,
): HttpHandler {
  if (Object.values<Route>(routes).some(({ upload }) => upload !== undefined) && deps.uploads === undefined) {
    throw new Error('A route takes a file, but the function was not told where files are staged');
  }
  const paths = routesByPath(routes);
  // An exchange is kept beside its event, because middy hands the base handler nothing else.
  const exchanges = new WeakMap<HttpEvent, Exchange>();
  const byId = operations as unknown as Readonly<Record<string, AnyOperation>>;
  return middy<HttpEvent, Answer, Error, Context>(TIMEOUT_EARLY)
    .use(accessLog(deps, exchanges))
    .use(commonHeaders(deps, exchanges))
    .use(errorAnswer(paths))
    .handler(async (event: HttpEvent) => {
      if (event.requestContext.http.method === 'OPTIONS') return { statusCode: 200, headers: preflightHeaders(event) };
      const exchange = resolveRoute(paths, event, deps.clock.now());
      exchanges.set(event, exchange);
      const operation = byId[exchange.operationId] as AnyOperation;
      return deps.log.within(event.requestContext.requestId, () => perform(exchange, operation, deps));
    });
}

async function perform(exchange: Exchange, operation: AnyOperation, deps: HttpDeps): Promise<Answer> {
  for (const stage of surfaceOf(exchange.route.surface).stages) {
    const pending = STAGES[stage](exchange, deps);
    if (pending !== undefined) await pending;
  }
  const { actor, params, query, body, received, event } = exchange;
  const origin: Origin = {
    requestId: event.requestContext.requestId,
    address: event.requestContext.http.sourceIp,
  };
  const request = { actor, params, query, body, upload: received?.file, second: received?.second, origin };
  return withUploadUsed(exchange, deps, async () => answerOf(exchange, await operation(request)));
}

/** A staged file goes with the answer that it got, a refusal included; after a failure of ours the call may be repeated. */
async function withUploadUsed(exchange: Exchange, deps: HttpDeps, work: () => Promise<Answer>): Promise<Answer> {
  const staged = exchange.received?.staged ?? [];
  const removed = () =>
    Promise.all(
      staged.map((file) =>
        deps.uploads?.remove(file).catch((thrown: unknown) => {
          // Its hour ends it all the same.
          deps.log.error('UPLOAD_LEFT', thrown, { upload_id: file.id });
        }),
      ),
    );
  try {
    const answer = await work();
    await removed();
    return answer;
  } catch (thrown) {
    const refused = thrown instanceof AppError && surfaceOf(exchange.route.surface).status[thrown.code] < 500;
    if (refused) await removed();
    throw thrown;
  }
}

function isReply(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'reply';
}

function answerOf({ route }: Exchange, returned: unknown): Answer {
  const { success } = route;
  const {
    body,
    status = success.status,
    headers = {},
    cookies = [],
  } = isReply(returned) ? returned : ({ kind: 'reply', body: returned } satisfies Reply<unknown>);
  const common = { statusCode: status, ...(cookies.length > 0 && { cookies: [...cookies] }) };
  if ('schema' in success) {
    return {
      ...common,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: toJson(success.schema, body),
    };
  }
  const typed = { 'Content-Type': success.contentType, ...headers };
  if (typeof body === 'string') return { ...common, headers: typed, body };
  return { ...common, headers: typed, body: Buffer.from(body as Uint8Array).toString('base64'), isBase64Encoded: true };
}

/** The response schema strips whatever it does not name, so that no stored field leaves by accident. */
function toJson(schema: z.ZodType, body: unknown): string {
  return JSON.stringify(schema.parse(body));
}
