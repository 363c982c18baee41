import type { Route } from '../../shared/platform/http/route.ts';
import { isTriggeredBy } from '../config/function-spec.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import { examplesOf, type RouteExample } from './examples.ts';

/** One operation of the API with the function that answers it. */
export interface DescribedOperation {
  readonly id: string;
  readonly functionName: string;
  readonly route: Route;
  /** Undefined while the function's `examples.json` has none. */
  readonly example: RouteExample | undefined;
}

/** Every operation of the system, in the order of the functions and their routes. */
export function describedOperations(): readonly DescribedOperation[] {
  return FUNCTION_LIST.flatMap(([functionName, spec]) => {
    if (!isTriggeredBy(spec, 'http')) return [];
    const examples = examplesOf(functionName);
    return Object.entries(spec.trigger.routes).map(([id, route]) => ({
      id,
      functionName,
      route,
      example: examples[id],
    }));
  });
}
