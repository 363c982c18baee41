import * as z from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { AppError, type ErrorCode } from '../../shared/platform/errors/app-error.ts';
import {
  keepsReply,
  needsAuthorizer,
  needsCsrf,
  type Route,
  type SurfaceName,
} from '../../shared/platform/http/route.ts';
import { type MessageName, surfaceOf } from '../../shared/platform/http/surface.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';
import { errorHeaders } from './headers.ts';

const sidekickError = z
  .object({ ok: z.literal(false), errors: z.array(z.string()).min(1) })
  .meta({ id: 'Error', description: 'Error de Stay Sidekick: siempre una lista de frases.' });

const detail = z.object({ detail: z.string(), code: z.enum(['token_not_valid', 'user_inactive']).optional() });
const failure = z.object({
  error: z.string(),
  detail: z.string().optional(),
  details: z.record(z.string(), z.array(z.string())).optional(),
});

const aristayError = z.union([detail, failure]).meta({
  id: 'AristayError',
  description: 'Error of the Aristay API: `detail`, or `error` with the fields at fault.',
});

const gatewayError = z.object({ message: z.string() }).meta({
  id: 'GatewayError',
  description: 'What API Gateway answers by itself, before any function runs.',
});

/** A body beyond 6 MB, which is what Lambda takes, never reaches a function. */
function bodyTooLarge(surface: SurfaceName): ZodOpenApiResponseObject {
  const [id, description] =
    surface === 'sidekick' ? ['', 'Demasiado grande para la pasarela'] : ['Aristay', 'Too large for the gateway'];
  const content = { schema: gatewayError, example: { message: 'Request Entity Too Large' } };
  return { id: `${id}GatewayError413`, description, content: { 'application/json': content } };
}

const SCHEMAS = { sidekick: sidekickError, aristay: aristayError } as const;

interface Meaning {
  readonly code: ErrorCode;
  readonly es: string;
  readonly en: string;
  /** The surface's own sentence that the example shows. */
  readonly message: MessageName;
}

const MEANINGS: Readonly<Record<number, Meaning>> = {
  400: {
    code: 'bad_request',
    es: 'Falta algo o no se entiende',
    en: 'Input that is not valid',
    message: 'bodyMissing',
  },
  401: { code: 'unauthenticated', es: 'Falta el token o no es válido', en: 'No valid token', message: 'tokenInvalid' },
  403: { code: 'forbidden', es: 'Sin permiso, o sin token CSRF', en: 'No right to do this', message: 'denied' },
  404: { code: 'not_found', es: 'No existe', en: 'There is no such thing', message: 'notFound' },
  409: { code: 'conflict', es: 'No cabe en el estado actual', en: 'Conflict with what is there', message: 'invalid' },
  412: { code: 'precondition_failed', es: 'Ha cambiado desde que se leyó', en: 'Changed since', message: 'invalid' },
  413: { code: 'too_large', es: 'Demasiado grande', en: 'Too large', message: 'tooLarge' },
  415: { code: 'unsupported_media', es: 'Ese tipo no se admite', en: 'Media type not taken', message: 'bodyMalformed' },
  422: { code: 'invalid', es: 'Datos no válidos', en: 'Data that is not valid', message: 'invalid' },
  429: { code: 'rate_limited', es: 'Límite de peticiones alcanzado', en: 'Throttled', message: 'throttled' },
  500: { code: 'internal', es: 'Error inesperado', en: 'Unexpected error', message: 'internal' },
  502: { code: 'upstream_failed', es: 'Falló un proveedor', en: 'A provider failed', message: 'internal' },
  503: { code: 'unavailable', es: 'No disponible por el momento', en: 'Busy for the moment', message: 'keyBusy' },
  504: { code: 'timeout', es: 'Ha tardado demasiado', en: 'Took too long', message: 'internal' },
};

function responseOf(surface: SurfaceName, status: number): ZodOpenApiResponseObject {
  const meaning = MEANINGS[status];
  if (meaning === undefined) throw new Error(`MEANINGS in infra/openapi/error-responses.ts has no words for ${status}`);
  const { messages, errorBody } = surfaceOf(surface);
  const waits = status === 429 || status === 503;
  const error = new AppError(meaning.code, messages[meaning.message], waits ? { retryAfter: 30 } : {});
  return {
    id: `${surface === 'sidekick' ? 'Error' : 'AristayError'}${status}`,
    description: surface === 'sidekick' ? meaning.es : meaning.en,
    headers: errorHeaders(surface, waits),
    content: { 'application/json': { schema: SCHEMAS[surface], example: errorBody(error) } },
  };
}

const made = new Map<string, ZodOpenApiResponseObject>();

/** Whether a function looks at the size of what it is sent, or leaves it to the gateway. */
function judgesSize(route: Route): boolean {
  return route.upload !== undefined || route.body?.form === true || route.failures?.includes(413) === true;
}

/** The same object each time, so that the document holds it once. */
function sharedResponse(route: Route, status: number): ZodOpenApiResponseObject {
  const { surface } = route;
  const byGateway = status === 413 && !judgesSize(route);
  const key = `${surface} ${status}${byGateway ? ' of the gateway' : ''}`;
  const response = made.get(key) ?? (byGateway ? bodyTooLarge(surface) : responseOf(surface, status));
  made.set(key, response);
  return response;
}

/** Error statuses of a route: its own and those that its access, method, limit and input imply. */
export function failureStatuses(route: Route): readonly number[] {
  const { status } = surfaceOf(route.surface);
  const takesBody = route.body !== undefined || route.upload !== undefined;
  const implied = [
    ...(needsAuthorizer(route) && route.access !== 'optional' ? [401, 403] : []),
    ...(needsCsrf(route) ? [403] : []),
    ...(takesBody ? [400, 413] : []),
    ...(takesBody && route.surface === 'aristay' ? [415] : []),
    ...(takesBody || route.query || keepsReply(route) ? [status.invalid] : []),
    ...(route.params || route.upload || 'rows' in route.success ? [404] : []),
    ...(route.conditional ? [412] : []),
    ...(limitsOf(route).length > 0 ? [429] : []),
    500,
    503,
    504,
  ];
  return [...new Set([...implied, ...(route.failures ?? [])])].sort();
}

/** Every error answer of a route. */
export function errorResponsesOf(route: Route): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    failureStatuses(route).map((status) => [status, sharedResponse(route, status)]),
  ) as ZodOpenApiResponsesObject;
}
