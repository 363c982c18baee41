import { type Actor, decodeVerdict } from '../auth/actor.ts';
import { storeBusy } from '../dynamo/storage-errors.ts';
import type { Table } from '../dynamo/table.ts';
import { AppError } from '../errors/app-error.ts';
import { CSRF_COOKIE, isGenuineCsrfValue, sameText } from './csrf.ts';
import { cookieOf, type Exchange, headerOf } from './exchange.ts';
import { countCall, rateHeaders } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import { type Access, isWrite, needsCsrf, type Route } from './route.ts';
import { type StageName, surfaceOf } from './surface.ts';
import { throttledCaller } from './throttle-caller.ts';
import { limitsOf } from './throttles.ts';

/** What the checks need from outside. */
export interface StageDeps {
  readonly table: Table;
  readonly rateLimits: boolean;
  readonly csrfKey: () => Promise<Uint8Array>;
}

export type Stage = (exchange: Exchange, deps: StageDeps) => Promise<void> | void;

/** Each limit in turn; the first that is reached refuses the call, and those after it do not count it. */
async function rateLimit(exchange: Exchange, deps: StageDeps): Promise<void> {
  if (!deps.rateLimits) return;
  const { route, operationId, now } = exchange;
  const states: Parameters<typeof rateHeaders>[0][number][] = [];
  for (const limit of limitsOf(route)) {
    const caller = throttledCaller(exchange, limit);
    if (caller === undefined) continue;
    const counted = { operationId: limit.scope ?? operationId, caller, now };
    const state = await countCall(deps.table, limit, counted);
    states.push({ name: limit.scope ?? 'default', state });
    Object.assign(exchange.headers, rateHeaders(states));
    if (state.allowed) continue;
    throw new AppError('rate_limited', surfaceOf(route.surface).messages.throttled, { retryAfter: state.resetSeconds });
  }
}

function authenticate(exchange: Exchange): void {
  const { route, event } = exchange;
  if (route.access === 'public') return;
  const decoded = decodeVerdict(event.requestContext.authorizer?.lambda);
  exchange.actor = decoded.actor;
  if (decoded.verdict === 'ok') exchange.toolsOff = decoded.toolsOff;
  // Nobody is sent away for good, nor told to be nobody, because the table or the signing key could not be read.
  if (decoded.verdict === 'unavailable') throw storeBusy(new Error('The authorizer could not ask who calls'));
  if (decoded.verdict === 'ok' || route.access === 'optional') return;
  const { messages } = surfaceOf(route.surface);
  const message = { missing: messages.tokenRequired, invalid: messages.tokenInvalid, inactive: messages.userInactive }[
    decoded.verdict
  ];
  throw new AppError('unauthenticated', message);
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
  manager: (actor) => actor.role === 'admin' || actor.role === 'manager',
  admin: (actor) => actor.role === 'admin',
  admin_or_super: (actor) => actor.role === 'admin' || actor.esSuperadmin,
  super: (actor) => actor.esSuperadmin,
};

/** The role gate by itself, for the role matrix: does the route's access let this actor in? */
export function mayCall(route: Route, actor: Actor): boolean {
  const storesAsViewer = actor.role === 'viewer' && isWrite(route) && route.openToViewers !== true;
  return GATES[route.access](actor) && !storesAsViewer;
}

function authorize({ route, actor, toolsOff }: Exchange): void {
  if (actor === undefined) return;
  const { messages } = surfaceOf(route.surface);
  if (actor.debeCambiarPassword && route.openWhilePasswordPending !== true) {
    throw new AppError('forbidden', messages.passwordPending);
  }
  if (!mayCall(route, actor)) throw new AppError('forbidden', messages.denied);
  if (route.tool && toolsOff.includes(route.tool)) throw new AppError('forbidden', messages.toolOff);
}

function body(exchange: Exchange): void {
  const { route } = exchange;
  // A body with a file is read when it is used.
  if (route.body !== undefined && route.upload === undefined && route.body.form !== true)
    exchange.json = readBody(exchange);
}

/** Every check by name; a surface puts them in its order. */
export const STAGES: Readonly<Record<StageName, Stage>> = { rateLimit, authenticate, csrf, authorize, body };
