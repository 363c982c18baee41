import type * as z from 'zod';
import type { Actor } from '../auth/actor.ts';
import type { FileUpload, UploadedFile } from '../upload/upload.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Which API a route speaks for: its envelope, its stage order, its language. */
export type SurfaceName = 'sidekick' | 'aristay';

/**
 * Who may call (`stay-sidekick.md` §2.8). `public`: no token is looked at. `optional`: the verdict is handed to the
 * operation, which answers it. The others need a valid token; `admin` looks at the role alone.
 */
export type Access = 'public' | 'optional' | 'any' | 'admin' | 'admin_or_super' | 'super';

/** At most `limit` calls in each `window`, counted for the gateway's source address or for the user. */
export interface RateLimit {
  readonly limit: number;
  readonly window: 'minute' | 'hour' | 'day';
  readonly per: 'address' | 'user';
}

/** JSON body of a route; `optional` reads a missing body as `{}` (`stay-sidekick.md` §2.4). */
export interface JsonBody {
  readonly schema: z.ZodType;
  readonly optional?: boolean;
}

/** What a success looks like: JSON of a schema, or text of a content type. */
export type Success =
  | { readonly status: 200 | 201 | 202; readonly schema: z.ZodType }
  | { readonly status: 200; readonly contentType: string };

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
  /** Answers while a temporary password waits to be changed (ruling 3). */
  readonly openWhilePasswordPending?: boolean;
  readonly rateLimit?: RateLimit;
  /** Path parameters; a value that does not fit is a 404, never a 422. */
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: JsonBody;
  /** The call brings a file, or the id of a staged one; `body` then reads the other fields of the form. */
  readonly upload?: FileUpload;
  /** Field errors are plain sentences without the field's name (`stay-sidekick.md` §2.5). */
  readonly plainFieldErrors?: boolean;
  readonly success: Success;
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

/** What an operation is handed: everything parsed, nothing of the event. */
export interface RequestOf<R extends Route> {
  readonly actor: ActorOf<R>;
  readonly params: OutputOf<R['params']>;
  readonly query: OutputOf<R['query']>;
  readonly body: R['body'] extends JsonBody ? z.output<R['body']['schema']> : undefined;
  readonly upload: R['upload'] extends FileUpload ? UploadedFile : undefined;
  /** The second file of a route that takes two, when one came. */
  readonly second: R['upload'] extends { readonly second: string } ? UploadedFile | undefined : undefined;
  readonly origin: Origin;
}

type BodyOf<R extends Route> = R['success'] extends { readonly schema: infer S extends z.ZodType }
  ? z.input<S>
  : string | Uint8Array;

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

/** One operation for each route; a missing one is a type error. */
export type Operations<R extends Routes> = {
  readonly [Id in keyof R]: (request: RequestOf<R[Id]>) => Promise<BodyOf<R[Id]> | Reply<BodyOf<R[Id]>>>;
};

const CHANGES_STATE: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** True for POST, PUT, PATCH and DELETE. */
export function isWrite(route: Route): boolean {
  return CHANGES_STATE.includes(route.method);
}

/** Stay Sidekick wants the CSRF pair on every write (S-01); Aristay never does (`aristay.md` §1.2). */
export function needsCsrf(route: Route): boolean {
  return route.surface === 'sidekick' && isWrite(route);
}

/** The authorizer is attached to every path with a route that is not public. */
export function needsAuthorizer(route: Route): boolean {
  return route.access !== 'public';
}
