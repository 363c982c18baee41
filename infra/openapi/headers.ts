import * as z from 'zod';
import { keepsReply, type Route, type SurfaceName } from '../../shared/platform/http/route.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';

/** How a surface names its components, and which of two languages it speaks. */
function wordsOf(surface: SurfaceName) {
  const isSpanish = surface === 'sidekick';
  return {
    component: (name: string) => ({ id: isSpanish ? name : `Aristay${name}` }),
    say: (es: string, en: string) => ({ description: isSpanish ? es : en }),
  };
}

/** Headers that answers of a surface carry. */
function answerHeadersIn(surface: SurfaceName) {
  const { component, say } = wordsOf(surface);
  return {
    requestId: z.string().meta({
      header: component('RequestId'),
      ...say('Identificador de la llamada, el mismo que en los registros.', 'Id of the call, as the logs have it.'),
    }),
    rateLimit: z.string().meta({
      header: component('RateLimit'),
      ...say(
        'Lo que queda de cada límite y los segundos hasta que vuelva a estar entero: `"login";r=4;t=600`.',
        'What is left of each limit and seconds until it is whole again: `"T-USER";r=998;t=60`.',
      ),
    }),
    rateLimitPolicy: z.string().meta({
      header: component('RateLimitPolicy'),
      ...say(
        'Llamadas y segundos de cada límite: `"login";q=10;w=3600` (draft-ietf-httpapi-ratelimit-headers).',
        'Calls and seconds of each limit: `"T-USER";q=1000;w=3600` (draft-ietf-httpapi-ratelimit-headers).',
      ),
    }),
    retryAfter: z
      .int()
      .positive()
      .meta({
        header: component('RetryAfter'),
        ...say(
          'Segundos tras los que la misma llamada puede salir bien.',
          'Seconds after which the same call may succeed.',
        ),
      }),
    replayed: z
      .literal('true')
      .optional()
      .meta({
        header: component('IdempotentReplay'),
        ...say(
          'Está en la respuesta guardada que recibe una repetición con la misma `X-Idempotency-Key`.',
          'There on the kept reply to a repeat with the same `X-Idempotency-Key`.',
        ),
      }),
    entityTag: z
      .string()
      .optional()
      .meta({
        header: component('ETag'),
        ...say('El estado de lo leído, para `If-Match`.', 'The state of what was read, for `If-Match`.'),
      }),
    location: z.string().meta({ header: component('Location'), ...say('Adónde seguir.', 'Where to go on.') }),
  };
}

/** Headers that calls to a surface may carry. */
function callHeadersIn(surface: SurfaceName) {
  const { component, say } = wordsOf(surface);
  return {
    idempotencyKey: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[\x21-\x7e]+$/)
      .optional()
      .meta({
        param: component('IdempotencyKey'),
        ...say(
          'Una repetición con la misma clave recibe la primera respuesta, con `Idempotent-Replay: true` (7 días).',
          'A repeat with the same key gets the first reply, with `Idempotent-Replay: true` (7 days).',
        ),
      }),
    ifMatch: z
      .string()
      .optional()
      .meta({
        param: component('IfMatch'),
        ...say(
          'El `ETag` con el que se leyó: si ha cambiado desde entonces, 412. Sin él gana la última escritura.',
          'The `ETag` with which it was read: 412 when it has changed since. Without it the last write wins.',
        ),
      }),
  };
}

// Made once each: the document holds a component by the identity of its schema.
const HEADERS = {
  sidekick: { ...answerHeadersIn('sidekick'), ...callHeadersIn('sidekick') },
  aristay: { ...answerHeadersIn('aristay'), ...callHeadersIn('aristay') },
} as const;

/** Headers of an error; `waits` for one that says when to come again. */
export function errorHeaders(surface: SurfaceName, waits: boolean): z.ZodObject {
  const { requestId, retryAfter } = HEADERS[surface];
  return z.object({ 'X-Request-Id': requestId, ...(waits && { 'Retry-After': retryAfter }) });
}

/** Headers of a success. */
export function successHeaders(route: Route): z.ZodObject {
  const { requestId, rateLimit, rateLimitPolicy, replayed, entityTag, location } = HEADERS[route.surface];
  return z.object({
    'X-Request-Id': requestId,
    ...(limitsOf(route).length > 0 && { RateLimit: rateLimit, 'RateLimit-Policy': rateLimitPolicy }),
    ...(keepsReply(route) && { 'Idempotent-Replay': replayed }),
    ...(route.conditional && { ETag: entityTag }),
    ...(route.success.status === 302 && { Location: location }),
  });
}

/** Headers that a call may carry, beside those of the security schemes. */
export function callHeaders(route: Route): Record<string, z.ZodType> {
  const { ifMatch, idempotencyKey } = HEADERS[route.surface];
  return {
    ...(route.conditional && { 'If-Match': ifMatch }),
    ...(keepsReply(route) && { 'X-Idempotency-Key': idempotencyKey }),
  };
}
