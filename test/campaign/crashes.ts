import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AroundInvocation } from '../../infra/local/host/function-host.ts';

/** A call of a function that is to end at its n-th request to anything outside of it. */
interface Doom {
  left: number;
  dead: boolean;
  readonly die: () => void;
}

/** How an event is delivered twice: one after the other, or both at once. */
type Doubling = 'again' | 'at once';

const doomed = new AsyncLocalStorage<Doom>();

/** The runtime has ended in the middle of a call (`Runtime.ExitError`). */
class RuntimeExited extends Error {
  override readonly name = 'Runtime.ExitError';
}

/**
 * Ends calls of functions half way, loses their answers, and makes calls twice. A call that has ended reaches nothing any more, whatever its
 * code still tries: its requests fail at once, and its outcome is dropped.
 */
export class Crashes {
  /** Functions with how many of their calls ended half way. */
  readonly ended = new Map<string, number>();
  /** Failures that nobody waited for: on Lambda each ends its process, whatever it is at. */
  readonly orphans: string[] = [];
  /** Requests of people (`apigw-requestid`) whose call ended half way, or without its answer. */
  readonly requests = new Set<string>();
  doubled = 0;
  answersLost = 0;
  #doomed: number[] = [];
  #doublings: Doubling[] = [];
  #losses = 0;

  /** Takes note of failures that nobody waits for, until the answer is called. */
  listen(): () => void {
    const note = (thrown: unknown) =>
      void this.orphans.push(thrown instanceof Error ? (thrown.stack ?? '') : String(thrown));
    process.on('unhandledRejection', note);
    return () => void process.off('unhandledRejection', note);
  }

  /** The next call of any function ends at its n-th request; one that makes fewer hands its fate to the next. */
  armCrash(atRequest: number): void {
    this.#doomed.push(atRequest);
  }

  /** The next event that a function is handed comes twice. */
  armDouble(how: Doubling): void {
    this.#doublings.push(how);
  }

  /** The next write of somebody is carried out whole, and its answer is lost on the way. */
  armLostAnswer(): void {
    this.#losses += 1;
  }

  disarm(): void {
    this.#losses = 0;
    this.#doomed = [];
    this.#doublings = [];
  }

  readonly around: AroundInvocation = async (functionName, event, call) => {
    if (this.#losses > 0 && isWrite(event)) {
      this.#losses -= 1;
      return this.#unheard(event, call);
    }
    const crash = this.#doomed.pop();
    if (crash !== undefined) return this.#ending(functionName, event, call, crash);
    const doubling = isRequest(event) ? undefined : this.#doublings.pop();
    if (doubling === undefined) return call();
    this.doubled += 1;
    if (doubling === 'at once') return (await Promise.all([call(), call()]))[0];
    await call();
    return call();
  };

  async #unheard({ requestContext: { requestId } }: RequestEvent, call: () => Promise<unknown>): Promise<never> {
    await call();
    this.answersLost += 1;
    this.requests.add(requestId);
    throw new RuntimeExited('The runtime exited with the answer in its hands');
  }

  #ending(name: string, event: unknown, call: () => Promise<unknown>, left: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const die = () => {
        this.ended.set(name, (this.ended.get(name) ?? 0) + 1);
        if (isRequest(event)) this.requests.add(event.requestContext.requestId);
        reject(new RuntimeExited('The runtime exited in the middle of a call'));
      };
      // What comes after the end is dropped: a promise settles once.
      const doom = { left, dead: false, die };
      const survived = () => {
        if (!doom.dead) this.armCrash(left >> 1);
      };
      doomed.run(doom, () => call().finally(survived).then(resolve, reject));
    });
  }
}

interface RequestEvent {
  readonly requestContext: { readonly requestId: string; readonly http: { readonly method: string } };
}

function isRequest(event: unknown): event is RequestEvent {
  return typeof event === 'object' && event !== null && 'requestContext' in event;
}

/** A write of somebody; not the authorizer's look at it before. */
function isWrite(event: unknown): event is RequestEvent {
  return isRequest(event) && !('routeArn' in event) && event.requestContext.http.method !== 'GET';
}

/** Whether the call under way has ended; counts one more request of it. */
function hasEnded(): boolean {
  const doom = doomed.getStore();
  if (doom === undefined) return false;
  doom.left -= 1;
  if (doom.left < 0 && !doom.dead) {
    doom.dead = true;
    doom.die();
  }
  return doom.dead;
}

let installed = false;

/** Puts the end of calls between all code and the network. Before the first request of the process, and once. */
export function watchRequests(): void {
  if (installed) return;
  installed = true;
  const { request } = http;
  const { fetch } = globalThis;
  const guarded = (...args: Parameters<typeof request>) => (hasEnded() ? deadRequest() : request(...args));
  Object.assign(http, { request: guarded });
  syncBuiltinESMExports();
  globalThis.fetch = (...args) => (hasEnded() ? Promise.reject(new Error('The runtime has exited')) : fetch(...args));
}

/** A request that fails at once and for good: its error is of no kind that the SDK repeats. */
function deadRequest(): http.ClientRequest {
  const request = new EventEmitter();
  const stub = { destroyed: false, write: () => true, end: () => request, setTimeout: () => request };
  const more = { setNoDelay: () => request, setSocketKeepAlive: () => request, setHeader: () => request };
  Object.assign(request, stub, more, { destroy: () => request, abort: () => request });
  // Made here, so that its trace names who asked.
  const error = new Error('The runtime has exited');
  setImmediate(() => request.listenerCount('error') > 0 && request.emit('error', error));
  return request as http.ClientRequest;
}
