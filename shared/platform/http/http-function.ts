import middy, { type MiddyfiedHandler } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Clock } from '../clock/clock.ts';
import { AppError } from '../errors/app-error.ts';
import type { Log } from '../log/log.ts';
import { type Answer, type AnswerDeps, answerOf } from './answer.ts';
import { accessLog, commonHeaders, errorAnswer } from './answer-middleware.ts';
import { comeThroughEdge } from './come-through-edge.ts';
import { type Exchange, type HttpEvent, headerOf, keepExchange } from './exchange.ts';
import { type IdempotencyDeps, performOnce } from './idempotency.ts';
import { packAnswer } from './pack-answer.ts';
import { readFields, readParams } from './read-input.ts';
import type { receiveForm } from './receive-form.ts';
import { preflightHeaders } from './response-headers.ts';
import { keepsReply, type Operations, type Origin, type Route, type Routes } from './route.ts';
import { resolveRoute, routesByPath, surfaceOfCall } from './router.ts';
import { STAGES, type StageDeps } from './stages.ts';
import { surfaceOf } from './surface.ts';
import { judgeFileLast, receiveFile, type UploadDeps, withUploadUsed } from './use-upload.ts';

/** What every HTTP function is built from. */
export interface HttpDeps extends StageDeps, IdempotencyDeps, UploadDeps, AnswerDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly allowedOrigins: readonly string[];
  /** What the edge in front of the gateway shows; empty where there is none. */
  readonly edgeKey: string;
  /** Reads forms; a function with a route that takes one needs it, and no other carries it. */
  readonly receiveForm?: typeof receiveForm;
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
type AnyRun = (request: unknown) => Promise<unknown>;
type AnyOperation = AnyRun | { load(request: unknown): Promise<AnyRun> };

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
  if (Object.values<Route>(routes).some(({ body }) => body?.form) && deps.receiveForm === undefined) {
    throw new Error('A route takes a form, but the function was not told how to read it');
  }
  if (Object.values<Route>(routes).some(keepsReply) && deps.tenantKeys === undefined) {
    throw new Error('A route keeps replies, but the function was not told under which keys');
  }
  const paths = routesByPath(routes);
  const byId = operations as unknown as Readonly<Record<string, AnyOperation>>;
  return middy<HttpEvent, Answer, Error, Context>(TIMEOUT_EARLY)
    .use(accessLog(deps))
    .use(commonHeaders(deps))
    .use(errorAnswer(paths))
    .handler(async (event: HttpEvent) => {
      comeThroughEdge(event, deps.edgeKey, surfaceOf(surfaceOfCall(paths, event)).messages.edgeOnly);
      if (event.requestContext.http.method === 'OPTIONS') return { statusCode: 200, headers: preflightHeaders(event) };
      const exchange = resolveRoute(paths, event, deps.clock.now());
      keepExchange(event, exchange);
      const operation = byId[exchange.operationId] as AnyOperation;
      return deps.log.within(event.requestContext.requestId, () => perform(exchange, operation, deps));
    });
}

async function perform(exchange: Exchange, operation: AnyOperation, deps: HttpDeps): Promise<Answer> {
  for (const stage of surfaceOf(exchange.route.surface).stages) {
    const pending = STAGES[stage](exchange, deps);
    if (pending !== undefined) await pending;
  }
  const answer = await performOnce(exchange, deps, () => act(exchange, operation, deps));
  const { answerTooLarge } = surfaceOf(exchange.route.surface).messages;
  return packAnswer(answer, headerOf(exchange.event, 'accept-encoding'), answerTooLarge);
}

async function act(exchange: Exchange, operation: AnyOperation, deps: HttpDeps): Promise<Answer> {
  // Not before: a repeat that is answered from what was kept finds its staged file gone.
  await receiveFile(exchange, deps);
  if (exchange.route.body?.form && deps.receiveForm) exchange.json = await deps.receiveForm(exchange);
  readParams(exchange);
  const run = typeof operation === 'function' ? operation : await operation.load(requestOf(exchange));
  readFields(exchange);
  judgeFileLast(exchange, deps);
  return withUploadUsed(exchange, deps, async () => answerOf(exchange, await run(requestOf(exchange)), deps));
}

function requestOf({ actor, params, query, body, received, event, route }: Exchange) {
  const origin: Origin = {
    requestId: event.requestContext.requestId,
    address: event.requestContext.http.sourceIp,
  };
  const ifMatch = route.conditional ? headerOf(event, 'if-match') : undefined;
  return { actor, params, query, body, upload: received?.file, second: received?.second, ifMatch, origin };
}
