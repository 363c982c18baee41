import type * as z from 'zod';
import type { Actor } from '../auth/actor.ts';
import type { Tool } from '../auth/tool.ts';
import type { FileUpload, UploadedFile } from '../upload/upload.ts';
import type { NumberedPage } from './numbered-list.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Which API a route speaks for: its envelope, its stage order, its language. */
export type SurfaceName = 'sidekick' | 'aristay';

/**
 * Who may call (`stay-sidekick.md` §2.8). `public`: no token is looked at. `optional`: the verdict is handed to the
 * operation, which answers it. The others need a valid token; `admin` looks at the role alone, and `manager` lets admins
 * in too.
 */
export type Access = 'public' | 'optional' | 'any' | 'manager' | 'admin' | 'admin_or_super' | 'super';

/**
 * At most `limit` calls in each `window`, counted for the gateway's source address, for the user, or for the refresh
 * token in the body.
 */
export interface RateLimit {
  readonly limit: number;
  readonly window: 'minute' | 'hour' | 'day';
  readonly per: 'address' | 'user' | 'refresh_token';
  /** Counted together with every other route that names it; by itself when absent. */
  readonly scope?: string;
  /** The window slides, by a log of the calls let through, instead of beginning anew by the clock (ADR 0007). */
  readonly log?: true;
}

/** Body of a route, JSON unless it says otherwise; `optional` reads a missing body as `{}` (`stay-sidekick.md` §2.4). */
export interface JsonBody {
  readonly schema: z.ZodType;
  readonly optional?: boolean;
  /** The operation is handed `() => body` and validates when it comes to it, e.g. after a 404 (`stay-sidekick.md` §2.1). */
  readonly deferred?: true;
  /** It comes as `multipart/form-data` and nothing else; a file is a field of it (`form-fields.ts`). */
  readonly form?: true;
}

/**
 * What a success looks like: JSON of a schema, a numbered page of rows, nothing, or text of a content type, where 302
 * leads to the `Location` of its headers.
 */
export type Success =
  | { readonly status: 200; readonly rows: z.ZodType }
  | { readonly status: 204 }
  | { readonly status: 200 | 201 | 202; readonly schema: z.ZodType }
  | { readonly status: 200 | 302; readonly contentType: string };

/** One operation of the API as data: router, gateway, OpenAPI, limits and role tests all read this and nothing else. */
export interface Route {
  readonly surface: SurfaceName;
  readonly method: Method;
  /** Gateway form, e.g. `/api/usuarios/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  /** A viewer may call it though its method writes, because it stores nothing or only the caller's own (ruling 2). */
  readonly openToViewers?: boolean;
  /** The tool that it is a part of: 403 while the company has that switched off (ruling 5). */
  readonly tool?: Tool;
  /** Answers while a temporary password waits to be changed (ruling 3). */
  readonly openWhilePasswordPending?: boolean;
  readonly rateLimit?: RateLimit | readonly RateLimit[];
  /** The reply of a write is never kept for `X-Idempotency-Key`: it holds what may rest nowhere (ruling 8). */
  readonly keepsReply?: false;
  /** Path parameters; a value that does not fit is a 404, never a 422. */
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: JsonBody;
  /** The call brings a file, or the id of a staged one; `body` then reads the other fields of the form. */
  readonly upload?: FileUpload;
  /** The call may bind itself by `If-Match` to what it has seen (RFC 9110 §13.1.1). */
  readonly conditional?: true;
  /** Field errors are plain sentences without the field's name (`stay-sidekick.md` §2.5). */
  readonly plainFieldErrors?: boolean;
  readonly success: Success;
  /** Other statuses of success that come with the same body. */
  readonly alsoStatuses?: readonly number[];
  /** Error statuses of its own, beside those that its access, method and limit imply. */
  readonly failures?: readonly number[];
}

/** A function's routes by operation id. */
export type Routes = Readonly<Record<string, Route>>;

/** Keeps the literal types, so that every operation is typed by its own route. */
export function defineRoutes<const R extends Routes>(routes: R): R {
  return routes;
}

type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined;
type ActorOf<R extends Route> = R['access'] extends 'public'
  ? undefined
  : R['access'] extends 'optional'
    ? Actor | undefined
    : Actor;

/** Where a call came from; safe to log. */
export interface Origin {
  readonly requestId: string;
  /** The gateway's source address, never a header's. */
  readonly address: string;
}

type BodyGiven<B> = B extends { readonly schema: infer S extends z.ZodType }
  ? B extends { readonly deferred: true }
    ? () => z.output<S>
    : z.output<S>
  : undefined;

/** What an operation is handed: everything parsed, nothing of the event. */
export interface RequestOf<R extends Route> {
  readonly actor: ActorOf<R>;
  readonly params: OutputOf<R['params']>;
  readonly query: OutputOf<R['query']>;
  readonly body: BodyGiven<R['body']>;
  readonly upload: R['upload'] extends FileUpload ? UploadedFile : undefined;
  /** The second file of a route that takes two, when one came. */
  readonly second: R['upload'] extends { readonly second: string } ? UploadedFile | undefined : undefined;
  /** `If-Match` as sent. */
  readonly ifMatch: R['conditional'] extends true ? string | undefined : undefined;
  readonly origin: Origin;
}

type BodyOf<R extends Route> = R['success'] extends { readonly schema: infer S extends z.ZodType }
  ? z.input<S>
  : R['success'] extends { readonly rows: infer S extends z.ZodType }
    ? NumberedPage<z.input<S>>
    : R['success'] extends { readonly contentType: string }
      ? string | Uint8Array | AsyncIterable<string>
      : undefined;

/** A success with headers or cookies of its own, or with another success status. */
export interface Reply<B> {
  readonly kind: 'reply';
  readonly status?: number;
  readonly body: B;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

/** @example return reply({ ok: true }, { cookies: ['csrf_token=…'] }) */
export function reply<B>(body: B, extra: Omit<Reply<B>, 'kind' | 'body'> = {}): Reply<B> {
  return { kind: 'reply', body, ...extra };
}

type AnswerOf<R extends Route> = Promise<BodyOf<R> | Reply<BodyOf<R>>>;

/** Finds what the path names before query and body are looked at, and answers what is to be done with it. */
export interface LoadingOperation<R extends Route> {
  readonly kind: 'loading';
  load(request: Omit<RequestOf<R>, 'query' | 'body'>): Promise<(request: RequestOf<R>) => AnswerOf<R>>;
}

/**
 * An operation whose 404 and 403 come before the 400 of its fields (`aristay.md` §1.8).
 * @example edit: loading(async ({ actor, params }) => { const seen = await find(params.id); return ({ body }) => edit(seen, body); })
 */
export function loading<R extends Route>(load: LoadingOperation<R>['load']): LoadingOperation<R> {
  return { kind: 'loading', load };
}

/** One operation for each route; a missing one is a type error. */
export type Operations<R extends Routes> = {
  readonly [Id in keyof R]: ((request: RequestOf<R[Id]>) => AnswerOf<R[Id]>) | LoadingOperation<R[Id]>;
};

const CHANGES_STATE: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** True for POST, PUT, PATCH and DELETE. */
export function isWrite(route: Route): boolean {
  return CHANGES_STATE.includes(route.method);
}

/**
 * True for writes whose reply is kept for `X-Idempotency-Key`. What viewers may write on Stay Sidekick stores nothing,
 * so that a repeat does no harm, and its reply may hold what must stay in memory (rulings 2 and 8).
 */
export function keepsReply(route: Route): boolean {
  const inMemoryOnly = route.surface === 'sidekick' && route.openToViewers === true;
  return isWrite(route) && needsAuthorizer(route) && route.keepsReply !== false && !inMemoryOnly;
}

/** Stay Sidekick wants the CSRF pair on every write (S-01); Aristay never does (`aristay.md` §1.2). */
export function needsCsrf(route: Route): boolean {
  return route.surface === 'sidekick' && isWrite(route);
}

/** The authorizer is attached to every path with a route that is not public. */
export function needsAuthorizer(route: Route): boolean {
  return route.access !== 'public';
}
