import type * as z from 'zod';
import { type Actor, decodeVerdict } from '../auth/actor.ts';
import type { Table } from '../dynamo/table.ts';
import { AppError, type Issue } from '../errors/app-error.ts';
import type { StagedUploads } from '../upload/staged-uploads.ts';
import { CSRF_COOKIE, isGenuineCsrfValue, sameText } from './csrf.ts';
import { bodyBytes, cookieOf, type Exchange, headerOf } from './exchange.ts';
import { parseJsonObject } from './json-body.ts';
import { countCall, rateHeaders } from './rate-limit.ts';
import { judgeUpload, receiveUpload } from './receive-upload.ts';
import { type Access, isWrite, needsCsrf, type Route } from './route.ts';
import { type Finding, type StageName, type Surface, surfaceOf } from './surface.ts';

/** What the checks need from outside. */
export interface StageDeps {
  readonly table: Table;
  readonly rateLimits: boolean;
  readonly csrfKey: () => Promise<Uint8Array>;
  /** Files staged before; needed by a function with a route that takes one. */
  readonly uploads?: StagedUploads;
}

export type Stage = (exchange: Exchange, deps: StageDeps) => Promise<void> | void;

async function rateLimit(exchange: Exchange, deps: StageDeps): Promise<void> {
  const { route, operationId, event, now } = exchange;
  if (route.rateLimit === undefined || !deps.rateLimits) return;
  const caller = route.rateLimit.per === 'user' ? exchange.actor?.userId : event.requestContext.http.sourceIp;
  const state = await countCall(deps.table, route.rateLimit, { operationId, caller: caller ?? 'nobody', now });
  Object.assign(exchange.headers, rateHeaders(state));
  if (state.allowed) return;
  throw new AppError('rate_limited', surfaceOf(route.surface).messages.throttled, { retryAfter: state.resetSeconds });
}

function authenticate(exchange: Exchange): void {
  const { route, event } = exchange;
  if (route.access === 'public') return;
  const decoded = decodeVerdict(event.requestContext.authorizer?.lambda);
  exchange.actor = decoded.actor;
  if (decoded.verdict === 'ok' || route.access === 'optional') return;
  const { messages } = surfaceOf(route.surface);
  const message = decoded.verdict === 'missing' ? messages.tokenRequired : messages.tokenInvalid;
  throw new AppError('unauthenticated', message, { headers: { 'WWW-Authenticate': 'Bearer realm="api"' } });
}

async function csrf(exchange: Exchange, deps: StageDeps): Promise<void> {
  if (!needsCsrf(exchange.route)) return;
  const { messages } = surfaceOf(exchange.route.surface);
  const cookie = cookieOf(exchange.event, CSRF_COOKIE);
  const header = headerOf(exchange.event, 'x-csrf-token');
  if (!cookie || !header) throw new AppError('forbidden', messages.csrfMissing);
  const genuine = sameText(cookie, header) && isGenuineCsrfValue(await deps.csrfKey(), header, exchange.now);
  if (!genuine) throw new AppError('forbidden', messages.csrfInvalid);
}

const GATES: Readonly<Record<Access, (actor: Actor) => boolean>> = {
  public: () => true,
  optional: () => true,
  any: () => true,
  admin: (actor) => actor.role === 'admin',
  admin_or_super: (actor) => actor.role === 'admin' || actor.esSuperadmin,
  super: (actor) => actor.esSuperadmin,
};

/** The role gate by itself, for the role matrix: does the route's access let this actor in? */
export function mayCall(route: Route, actor: Actor): boolean {
  const storesAsViewer = actor.role === 'viewer' && isWrite(route) && route.openToViewers !== true;
  return GATES[route.access](actor) && !storesAsViewer;
}

function authorize({ route, actor }: Exchange): void {
  if (actor === undefined) return;
  const { messages } = surfaceOf(route.surface);
  if (actor.debeCambiarPassword && route.openWhilePasswordPending !== true) {
    throw new AppError('forbidden', messages.passwordPending);
  }
  if (!mayCall(route, actor)) throw new AppError('forbidden', messages.denied);
}

async function body(exchange: Exchange, { uploads }: StageDeps): Promise<void> {
  const { route, event } = exchange;
  if (route.upload !== undefined && uploads !== undefined) {
    exchange.received = await receiveUpload(exchange, route.upload, uploads);
    exchange.json = exchange.received.fields;
    if (!route.upload.fieldsFirst) judgeUpload(exchange, exchange.received, route.upload);
    return;
  }
  if (route.body === undefined) return;
  const { messages } = surfaceOf(route.surface);
  const bytes = bodyBytes(event);
  if (bytes === undefined || !/^application\/([\w.+-]+\+)?json\b/i.test(headerOf(event, 'content-type') ?? '')) {
    if (route.body.optional !== true) throw new AppError('bad_request', messages.bodyMissing);
    exchange.json = {};
    return;
  }
  exchange.json = parseJsonObject(bytes, messages.bodyMalformed);
}

function validate(exchange: Exchange): void {
  const { route, event } = exchange;
  const surface = surfaceOf(route.surface);
  if (route.params) {
    const params = route.params.safeParse(event.pathParameters ?? {});
    if (!params.success) throw new AppError('not_found', surface.messages.notFound);
    exchange.params = params.data;
  }
  const issues: Issue[] = [];
  const read = (schema: z.ZodType | undefined, input: unknown): unknown => {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(input, {
      reportInput: true,
      error: (finding) => surface.describe(finding as Finding),
    });
    if (!parsed.success) issues.push(...issuesOf(parsed.error, route, surface));
    return parsed.data;
  };
  exchange.query = read(route.query, event.queryStringParameters ?? {});
  exchange.body = read(route.body?.schema, exchange.json);
  if (issues.length > 0) throw new AppError('invalid', surface.messages.invalid, { issues });
  if (route.upload?.fieldsFirst && exchange.received) judgeUpload(exchange, exchange.received, route.upload);
}

function issuesOf(error: z.ZodError, route: Route, surface: Surface): Issue[] {
  return error.issues.flatMap((issue) => {
    const message = issue.message;
    if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => named(field, message, route));
    if (issue.path.length === 0) return [named('_schema', message, route)];
    return [named(issue.path.join('.'), message || surface.messages.invalid, route)];
  });
}

function named(field: string, message: string, route: Route): Issue {
  return route.plainFieldErrors === true ? { message } : { field, message };
}

/** Every check by name; a surface puts them in its order. */
export const STAGES: Readonly<Record<StageName, Stage>> = { rateLimit, authenticate, csrf, authorize, body, validate };
