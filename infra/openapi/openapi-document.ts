import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { listAnswer } from '../../shared/platform/http/numbered-list.ts';
import {
  isWrite,
  keepsReply,
  needsAuthorizer,
  needsCsrf,
  type Route,
  type Routes,
} from '../../shared/platform/http/route.ts';
import { surfaceOf } from '../../shared/platform/http/surface.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';
import { UPLOAD_WORDS } from '../../shared/platform/http/upload-words.ts';
import { UPLOAD_EXTENSIONS } from '../../shared/platform/upload/upload.ts';

const sidekickError = z
  .object({ ok: z.literal(false), errors: z.array(z.string()).min(1) })
  .meta({ id: 'Error', description: 'Error de Stay Sidekick: siempre una lista de frases.' });

const aristayError = z
  .union([
    z.object({ detail: z.string() }),
    z.object({ error: z.string(), details: z.record(z.string(), z.array(z.string())).optional() }),
  ])
  .meta({ id: 'AristayError', description: 'Error of the Aristay API.' });

const ERROR_SCHEMAS = { sidekick: sidekickError, aristay: aristayError } as const;

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'El cuerpo falta o no es JSON',
  401: 'Falta el token o no es válido',
  403: 'Token CSRF o permiso insuficiente',
  404: 'No existe',
  405: 'Método no admitido',
  409: 'Conflicto con el estado actual',
  412: 'Ha cambiado desde que se leyó',
  413: 'Demasiado grande',
  422: 'Datos no válidos',
  429: 'Límite de peticiones alcanzado',
  500: 'Error inesperado',
  503: 'Servicio no disponible por el momento',
};

/** Error statuses of a route: its own and those that its access, method, limit and input imply. */
export function failureStatuses(route: Route): readonly number[] {
  const { status } = surfaceOf(route.surface);
  const implied = [
    ...(needsAuthorizer(route) && route.access !== 'optional' ? [401, 403] : []),
    ...(needsCsrf(route) ? [403] : []),
    ...(route.body || route.upload ? [400] : []),
    ...(route.body || route.query ? [status.invalid] : []),
    ...(route.params || route.upload ? [404] : []),
    ...(route.upload ? [413] : []),
    ...(route.conditional ? [412] : []),
    ...(limitsOf(route).length > 0 ? [429, 503] : []),
    ...(needsAuthorizer(route) || isWrite(route) ? [500, 503] : []),
  ];
  return [...new Set([...implied, ...(route.failures ?? [])])].sort();
}

function contentOf({ success }: Route): object | undefined {
  if ('schema' in success) return { 'application/json': { schema: success.schema } };
  if ('rows' in success) return { 'application/json': { schema: listAnswer(success.rows) } };
  return 'contentType' in success ? { [success.contentType.split(';')[0] ?? '']: { schema: z.string() } } : undefined;
}

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const { success } = route;
  const content = contentOf(route);
  const errors = failureStatuses(route).map((status) => [
    status,
    {
      description: STATUS_WORDS[status] ?? 'Error',
      content: { 'application/json': { schema: ERROR_SCHEMAS[route.surface] } },
    },
  ]);
  return { [success.status]: { description: 'Correcto', ...(content && { content }) }, ...Object.fromEntries(errors) };
}

const csrfHeader = z.string().meta({
  param: { id: 'Csrf' },
  description: 'El mismo valor que la cookie `csrf_token` (GET /api/csrf-token).',
});

/** A file is part of a form, or its id stands in a form or in JSON; the other fields are the same in all of them. */
function requestBodyOf({ surface, body, upload }: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (upload === undefined) {
    if (body === undefined) return {};
    return {
      requestBody: { required: body.optional !== true, content: { 'application/json': { schema: body.schema } } },
    };
  }
  const { idField } = UPLOAD_WORDS[surface];
  const others = body?.schema instanceof z.ZodObject ? body.schema.shape : {};
  const file = z.string().meta({ format: 'binary', description: UPLOAD_EXTENSIONS[upload.proposito].join(', ') });
  const id = z.string().meta({ description: 'Id de un fichero subido antes, en lugar del fichero.' });
  const { field, second } = upload;
  const secondId = second && { [`${idField}_${second}`]: id.optional() };
  const secondFile = second && { [second]: file.optional(), ...secondId };
  const form = z.object({ [field]: file.optional(), [idField]: id.optional(), ...secondFile, ...others });
  const json = z.object({ [idField]: id, ...secondId, ...others });
  return {
    requestBody: {
      required: true,
      content: { 'multipart/form-data': { schema: form }, 'application/json': { schema: json } },
    },
  };
}

const idempotencyHeader = z
  .string()
  .max(64)
  .optional()
  .meta({
    param: { id: 'IdempotencyKey' },
    description:
      'Una repetición con la misma clave recibe la primera respuesta, con `Idempotent-Replay: true` (7 días).',
  });

const ifMatchHeader = z
  .string()
  .optional()
  .meta({
    param: { id: 'IfMatch' },
    description: 'El `ETag` con el que se leyó: si ha cambiado desde entonces, 412. Sin él gana la última escritura.',
  });

function headersOf(route: Route) {
  const headers = {
    ...(needsCsrf(route) && { 'X-CSRF-Token': csrfHeader }),
    ...(route.conditional && { 'If-Match': ifMatchHeader }),
    ...(keepsReply(route) && { 'X-Idempotency-Key': idempotencyHeader }),
  };
  return Object.keys(headers).length > 0 && { header: z.object(headers) };
}

function operationOf(operationId: string, route: Route): ZodOpenApiOperationObject {
  const description = [
    `Acceso: \`${route.access}\`.`,
    ...limitsOf(route).map(({ limit, window, per }) => `Límite: ${limit} por ${window}, contado por ${per}.`),
  ].join(' ');
  return {
    operationId,
    summary: route.summary,
    description,
    tags: [route.tag],
    security: route.access === 'public' ? [] : [{ bearer: [] }],
    requestParams: {
      ...(route.params && { path: route.params as z.ZodObject }),
      ...(route.query && { query: route.query as z.ZodObject }),
      ...headersOf(route),
    },
    ...requestBodyOf(route),
    responses: responsesOf(route),
  };
}

function pathsOf(tables: readonly Routes[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [operationId, route] of tables.flatMap((table) => Object.entries(table))) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(operationId, route) };
  }
  return paths;
}

/**
 * The OpenAPI 3.1 document of the route tables.
 * @param server base address; `/` is the host that serves the document
 */
export function openapiDocument(tables: readonly Routes[], info: { version: string; server: string }) {
  const tags = [...new Set(tables.flatMap((table) => Object.values(table).map((route) => route.tag)))];
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Stay Ops',
      version: info.version,
      description: 'Operaciones de alquiler vacacional: la API de Stay Sidekick y la de Aristay sobre una plataforma.',
      contact: { name: 'Stay Ops' },
    },
    servers: [{ url: info.server }],
    tags: tags.map((name) => ({ name })),
    paths: pathsOf(tables),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  });
}
