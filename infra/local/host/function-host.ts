import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import type { FunctionDefinition } from '../template/functions.ts';
import { withProcessEnvironment } from './process-environment.ts';

type Handler = (event: unknown, context: Context) => unknown;

/** Runs the functions of the system inside this process. */
export interface FunctionHost {
  /**
   * Calls a function and waits for its answer.
   * @throws FunctionTimeout when it takes longer than its own timeout, and whatever it throws itself
   */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Loads every handler anew, so that nothing a handler has built or remembered stays. */
  reload(): Promise<void>;
}

export interface FunctionHostOptions {
  readonly functions: readonly FunctionDefinition[];
  /** The directory that the functions' sources are named from. */
  readonly root: string;
  /** The whole environment of a function while its module loads. */
  readonly environmentOf: (definition: FunctionDefinition) => Readonly<Record<string, string>>;
  /** Told of each call that fails. */
  readonly onFailure: (functionName: string, error: unknown) => void;
  /** Stands around every call, e.g. to end it half way or to make it twice. */
  readonly around?: AroundInvocation | undefined;
}

/** What may stand around a call of a function; `call` makes it. */
export type AroundInvocation = (functionName: string, event: unknown, call: () => Promise<unknown>) => Promise<unknown>;

/** The function took longer than its timeout (`Sandbox.Timedout`). */
export class FunctionTimeout extends Error {
  override readonly name = 'Sandbox.Timedout';
}

/** Sets the handlers of one start apart from those of another in the same process: modules are loaded once for each address. */
let lastInstance = -1;

/** Loads the handlers and keeps them for the life of the host, as a warm Lambda would. */
export async function startFunctionHost(options: FunctionHostOptions): Promise<FunctionHost> {
  let handlers = await loadHandlers(options);
  const definitions = new Map(options.functions.map((definition) => [definition.name, definition]));

  return {
    async invoke(functionName, event) {
      const handler = handlers.get(functionName);
      const definition = definitions.get(functionName);
      if (handler === undefined || definition === undefined) throw new Error(`There is no function ${functionName}.`);
      const call = () => withTimeout(definition, (context) => handler(event, context));
      try {
        return await (options.around === undefined ? call() : options.around(functionName, event, call));
      } catch (error) {
        options.onFailure(functionName, error);
        throw error;
      }
    },
    async reload() {
      handlers = await loadHandlers(options);
    },
  };
}

/**
 * One after another, because a handler reads its environment while it loads and the process has only one. Modules
 * below the handler are shared by all functions and all starts of a process: like on Lambda, where instances come and
 * go at any time, they must hold no state that matters.
 */
async function loadHandlers(options: FunctionHostOptions): Promise<Map<string, Handler>> {
  lastInstance += 1;
  const query = lastInstance === 0 ? '' : `?instance=${lastInstance}`;
  const handlers = new Map<string, Handler>();
  for (const definition of options.functions) {
    const file = pathToFileURL(resolve(options.root, definition.source)).href;
    const loaded = await withProcessEnvironment(options.environmentOf(definition), () => import(`${file}${query}`));
    const { handler } = loaded as { readonly handler?: unknown };
    if (typeof handler !== 'function') throw new Error(`${definition.source} exports no function "handler".`);
    handlers.set(definition.name, handler as Handler);
  }
  return handlers;
}

/** Lambda's timeout. The work itself cannot be stopped from outside; its outcome is dropped. */
function withTimeout(definition: FunctionDefinition, run: (context: Context) => unknown): Promise<unknown> {
  const ms = definition.timeoutSeconds * 1000;
  return new Promise((settle, reject) => {
    const timer = setTimeout(() => {
      reject(new FunctionTimeout(`Task timed out after ${definition.timeoutSeconds.toFixed(2)} seconds`));
    }, ms);
    timer.unref();
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(error);
    };
    const context = contextOf(definition, performance.now() + ms);
    try {
      Promise.resolve(run(context)).then((value) => {
        clearTimeout(timer);
        settle(value);
      }, fail);
    } catch (error) {
      fail(error);
    }
  });
}

/** The context object of one call. Its methods stand alone: middlewares take them off the object. */
function contextOf(definition: FunctionDefinition, deadline: number): Context {
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    functionName: definition.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: definition.arn,
    memoryLimitInMB: String(definition.memoryMb),
    logGroupName: `/aws/lambda/${definition.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: ignored,
    fail: ignored,
    succeed: ignored,
  };
}

/** What Node 24 functions on Lambda no longer answer by. */
function ignored(): void {}
