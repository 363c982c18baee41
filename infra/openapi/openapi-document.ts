import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { CSRF_COOKIE } from '../../shared/platform/http/csrf.ts';
import { listAnswer } from '../../shared/platform/http/numbered-list.ts';
import { needsCsrf, type Route } from '../../shared/platform/http/route.ts';
import { errorResponsesOf } from './error-responses.ts';
import type { RouteExample } from './examples.ts';
import { callHeaders, successHeaders } from './headers.ts';
import { descriptionOf } from './operation-text.ts';
import type { DescribedOperation } from './operations.ts';
import { requestBodyOf } from './request-body.ts';

function contentOf({ success }: Route, { answer }: RouteExample): ZodOpenApiResponseObject['content'] {
  const shown = answer && { example: answer };
  if ('schema' in success) return { 'application/json': { schema: success.schema, ...shown } };
  if ('rows' in success) return { 'application/json': { schema: listAnswer(success.rows), ...shown } };
  return 'contentType' in success ? { [success.contentType.split(';')[0] ?? '']: { schema: z.string() } } : undefined;
}

function responsesOf(route: Route, example: RouteExample): ZodOpenApiResponsesObject {
  const content = contentOf(route, example);
  const description = route.surface === 'sidekick' ? 'Correcto' : 'Success';
  const success: ZodOpenApiResponseObject = {
    description,
    headers: successHeaders(route),
    ...(content && { content }),
  };
  const statuses = [route.success.status, ...(route.alsoStatuses ?? [])];
  return {
    ...Object.fromEntries(statuses.map((status) => [status, success])),
    ...errorResponsesOf(route),
    // Whoever judges the token by itself says what it found in its own shape.
    ...(route.access === 'optional' && { 401: { ...success, description: 'Sin sesión' } }),
  };
}

/** The token, where one is looked at, and on Stay Sidekick's writes the CSRF pair. */
function securityOf(route: Route): Record<string, string[]>[] {
  const csrf = needsCsrf(route) ? { csrfHeader: [], csrfCookie: [] } : undefined;
  if (route.access === 'public') return csrf ? [csrf] : [];
  return [...(route.access === 'optional' ? [{}] : []), { bearer: [], ...csrf }];
}

/** A value of an address as its schema types it: text, or what the text says. */
function typedExample(field: z.ZodType, text: string): unknown {
  const { type } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
  return type === 'integer' || type === 'number' || type === 'boolean' ? JSON.parse(text) : text;
}

/** Each parameter with its value in the example. */
function withExamples(schema: z.ZodType | undefined, values: Readonly<Record<string, string>> = {}) {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape: Record<string, z.ZodType> = schema.shape;
  const shown = Object.entries(shape).map(([name, field]) => {
    const text = values[name];
    if (text === undefined) return [name, field];
    return [name, field.meta({ ...field.meta(), param: { example: typedExample(field, text) } })];
  });
  return z.object(Object.fromEntries(shown));
}

/** A schema that ends in a transformation still has its fields at its beginning. */
function fieldsOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodPipe ? fieldsOf(schema.in as z.ZodType) : schema;
}

function operationOf({ id, route, example = {} }: DescribedOperation): ZodOpenApiOperationObject {
  const path = withExamples(fieldsOf(route.params), example.params);
  const query = withExamples(fieldsOf(route.query), example.query);
  const headers = callHeaders(route);
  return {
    operationId: id,
    summary: route.summary,
    description: descriptionOf(route),
    tags: [route.tag],
    security: securityOf(route),
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
    },
    ...requestBodyOf(route, example),
    responses: responsesOf(route, example),
  };
}

function pathsOf(operations: readonly DescribedOperation[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    const { path, method } = operation.route;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(operation) };
  }
  return paths;
}

/** A field is required when its schema refuses to do without it; zod cannot tell that of a field that is preprocessed. */
const requiredByTrial: ZodOpenApiOverride = ({ zodSchema, jsonSchema, io }) => {
  if (io !== 'input' || !(zodSchema instanceof z.ZodObject)) return;
  const shape: Record<string, z.ZodType> = zodSchema.shape;
  const required = Object.keys(shape).filter((name) => shape[name]?.safeParse(undefined).success === false);
  if (required.length > 0) jsonSchema.required = required;
  else delete jsonSchema.required;
};

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  csrfCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: CSRF_COOKIE,
    description: 'La cookie que da `GET /api/csrf-token`; vale una hora.',
  },
  csrfHeader: {
    type: 'apiKey',
    in: 'header',
    name: 'X-CSRF-Token',
    description: 'El mismo valor que la cookie `csrf_token`.',
  },
} as const;

/**
 * The OpenAPI 3.1 document of some operations.
 * @param server base address; `/` is the host that serves the document
 */
export function openapiDocument(operations: readonly DescribedOperation[], info: { version: string; server: string }) {
  const tags = new Map(operations.map(({ route }) => [route.tag, route.surface]));
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Stay Ops',
        version: info.version,
        description:
          'Operaciones de alquiler vacacional: la API de Stay Sidekick y la de Aristay sobre una plataforma.',
        contact: { name: 'Stay Ops' },
      },
      servers: [{ url: info.server, description: 'El servidor que entrega este documento' }],
      tags: [...tags].map(([name, surface]) => ({
        name,
        description: surface === 'sidekick' ? 'API de Stay Sidekick' : 'Aristay API',
      })),
      paths: pathsOf(operations),
      components: { securitySchemes },
    },
    { override: requiredByTrial },
  );
}
