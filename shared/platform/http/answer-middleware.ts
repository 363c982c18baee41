import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { AppError } from '../errors/app-error.ts';
import type { Answer } from './answer.ts';
import { exchangeOf, type HttpEvent } from './exchange.ts';
import type { HttpDeps } from './http-function.ts';
import { corsHeaders, SECURITY_HEADERS } from './response-headers.ts';
import { type Paths, surfaceOfCall } from './router.ts';
import { surfaceOf } from './surface.ts';

type Middleware = MiddlewareObj<HttpEvent, Answer, Error, Context>;
/** Middy's own place for what one call's middlewares leave for each other. */
type TimedMiddleware = MiddlewareObj<HttpEvent, Answer, Error, Context, { startedAt: number }>;

/** One line for each call: operation, status, duration, ids. */
export function accessLog({ log, clock }: HttpDeps): TimedMiddleware {
  const fields = (event: HttpEvent, startedAt: number, status: number | undefined) => {
    const exchange = exchangeOf(event);
    return {
      request_id: event.requestContext.requestId,
      operation: exchange?.operationId ?? 'none',
      method: event.requestContext.http.method,
      status: status ?? 0,
      duration_ms: clock.now().getTime() - startedAt,
      empresa_id: exchange?.actor?.empresaId,
      user_id: exchange?.actor?.userId,
    };
  };
  return {
    before: ({ internal }) => {
      internal.startedAt = clock.now().getTime();
    },
    after: ({ event, internal, response }) =>
      log.info('REQUEST_COMPLETED', fields(event, internal.startedAt, response?.statusCode)),
    onError: ({ event, internal, response, error }) => {
      const status = response?.statusCode ?? 500;
      if (status >= 500) log.error('REQUEST_FAILED', error, fields(event, internal.startedAt, status));
      else log.info('REQUEST_COMPLETED', fields(event, internal.startedAt, status));
    },
  };
}

/** Security and CORS fields, the request id, the limit's state: on every answer, errors included. */
export function commonHeaders({ allowedOrigins }: HttpDeps): Middleware {
  const complete = (event: HttpEvent, response: Answer | null | undefined): void => {
    if (!response) return;
    response.headers = {
      ...SECURITY_HEADERS,
      ...corsHeaders(event, allowedOrigins),
      ...exchangeOf(event)?.headers,
      'X-Request-Id': event.requestContext.requestId,
      ...response.headers,
    };
    if (event.requestContext.http.method === 'HEAD') response.body = '';
  };
  return {
    after: ({ event, response }) => complete(event, response),
    onError: ({ event, response }) => complete(event, response),
  };
}

function toAppError(error: unknown, internalMessage: string): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', internalMessage, { cause: error });
}

/** When to come again where nobody knows better: every 503 says so. */
const RETRY_AFTER_S = 5;

/** Errors leave in the shape of the surface; whatever is not an `AppError` as an opaque 500. */
export function errorAnswer(paths: Paths): Middleware {
  return {
    onError: (request) => {
      const { event } = request;
      const surface = surfaceOf(surfaceOfCall(paths, event));
      const error = toAppError(request.error, surface.messages.internal);
      const { retryAfter = error.code === 'unavailable' ? RETRY_AFTER_S : undefined, headers } = error.details;
      request.response = {
        statusCode: surface.status[error.code],
        headers: {
          'Content-Type': 'application/json',
          ...headers,
          ...(error.code === 'unauthenticated' && { 'WWW-Authenticate': 'Bearer realm="api"' }),
          ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
        },
        body: JSON.stringify(surface.errorBody(error)),
      };
    },
  };
}
