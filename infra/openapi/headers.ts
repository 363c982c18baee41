import * as z from 'zod';
import { keepsReply, type Route } from '../../shared/platform/http/route.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';

const requestId = z.string().meta({ header: { id: 'RequestId' }, description: 'Id of the call, as the logs have it.' });

const rateLimit = z.string().meta({
  header: { id: 'RateLimit' },
  description: 'What is left of each limit and seconds until it is whole again: `"T-USER";r=998;t=60`.',
});

const rateLimitPolicy = z.string().meta({
  header: { id: 'RateLimitPolicy' },
  description: 'Calls and seconds of each limit: `"T-USER";q=1000;w=3600` (draft-ietf-httpapi-ratelimit-headers).',
});

const retryAfter = z
  .int()
  .positive()
  .meta({
    header: { id: 'RetryAfter' },
    description: 'Seconds after which the same call may succeed.',
  });

const replayed = z
  .literal('true')
  .optional()
  .meta({
    header: { id: 'IdempotentReplay' },
    description: 'There on the kept reply to a repeat with the same `X-Idempotency-Key`.',
  });

const entityTag = z
  .string()
  .optional()
  .meta({
    header: { id: 'ETag' },
    description: 'The state of what was read, for `If-Match`.',
  });

const location = z.string().meta({ header: { id: 'Location' }, description: 'Where to go on.' });

const everywhere = { 'X-Request-Id': requestId };

/** Headers of an error; `waits` for one that says when to come again. */
export function errorHeaders(waits: boolean): z.ZodObject {
  return z.object({ ...everywhere, ...(waits && { 'Retry-After': retryAfter }) });
}

/** Headers of a success. */
export function successHeaders(route: Route): z.ZodObject {
  return z.object({
    ...everywhere,
    ...(limitsOf(route).length > 0 && { RateLimit: rateLimit, 'RateLimit-Policy': rateLimitPolicy }),
    ...(keepsReply(route) && { 'Idempotent-Replay': replayed }),
    ...(route.conditional && { ETag: entityTag }),
    ...(route.success.status === 302 && { Location: location }),
  });
}

const idempotencyKey = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\x21-\x7e]+$/)
  .optional()
  .meta({
    param: { id: 'IdempotencyKey' },
    description:
      'Una repetición con la misma clave recibe la primera respuesta, con `Idempotent-Replay: true` (7 días).',
  });

const ifMatch = z
  .string()
  .optional()
  .meta({
    param: { id: 'IfMatch' },
    description: 'El `ETag` con el que se leyó: si ha cambiado desde entonces, 412. Sin él gana la última escritura.',
  });

/** Headers that a call may carry, beside those of the security schemes. */
export function callHeaders(route: Route): Record<string, z.ZodType> {
  return {
    ...(route.conditional && { 'If-Match': ifMatch }),
    ...(keepsReply(route) && { 'X-Idempotency-Key': idempotencyKey }),
  };
}
