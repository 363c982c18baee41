import type { Store } from 'dynalite/db/index.js';
import { type Custom, checkTypes, checkValidations, type Request, type Types } from 'dynalite/validations/index.js';

/** One of dynalite's implementations of an operation. */
export type Action = (
  store: Store,
  request: Request,
  callback: (error: Error | null, result?: Record<string, unknown>) => void,
) => void;

/** What a request must look like: the JSON types, then the rules that need code. */
export interface Rules {
  readonly types: Types;
  readonly custom?: Custom | undefined;
}

/** Answers one operation. Throws a `ServiceError`. */
export type Operation = (request: unknown) => Promise<object>;

/** The request with its expressions parsed and unknown parameters dropped. Throws `ValidationException` and kin. */
export function validate(rules: Rules, request: unknown, store: Store): Request {
  const checked = checkTypes(request as Request, rules.types);
  checkValidations(checked, rules.types, rules.custom, store);
  return checked;
}

/** Runs an action on a validated request. Rejects with a `ServiceError`. */
export function run(action: Action, store: Store, request: Request): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    action(store, request, (error, result) =>
      error === null || error === undefined ? resolve(result ?? {}) : reject(error),
    );
  });
}
