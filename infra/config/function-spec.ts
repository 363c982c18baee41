import type * as z from 'zod';
import { keepsReply, needsCsrf, type Routes } from '../../shared/platform/http/route.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';
import type { QueueName } from '../../shared/platform/queue/queue-names.ts';
import { type Grant, KEPT_REPLIES, mergedGrants, RATE_COUNTERS, STAGED_FILES, secret } from './grants.ts';
import type { BucketName } from './names.ts';

/** What calls a function. */
export type Trigger =
  | {
      readonly kind: 'http';
      readonly routes: Routes;
      /** Also answers whatever no route of any function matches. */
      readonly fallback?: true;
    }
  | { readonly kind: 'authorizer' }
  | { readonly kind: 'objects'; readonly bucket: BucketName; readonly prefix: `${string}/`; readonly retries: number }
  | { readonly kind: 'schedule'; readonly rate: `rate(${number} minutes)`; readonly retries: number }
  | { readonly kind: 'queue'; readonly queue: QueueName; readonly batchSize: number };

/** One Lambda function as data; its folder under `functions/` has the same name. */
export interface FunctionSpec {
  readonly description: string;
  readonly trigger: Trigger;
  /** Schema of `functions/<name>/env.ts`: the function gets these variables and no others. */
  readonly environment: z.ZodObject;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly grants: readonly Grant[];
}

/** What a function's routes bring along: counting calls, keeping replies, checking the CSRF pair, staged files. */
function grantsOfRoutes(routes: Routes): readonly Grant[] {
  const declared = Object.values(routes);
  return [
    ...(declared.some((route) => limitsOf(route).length > 0) ? [RATE_COUNTERS] : []),
    ...(declared.some(keepsReply) ? KEPT_REPLIES : []),
    ...(declared.some(needsCsrf) ? [secret('SECRET_KEY')] : []),
    ...(declared.some((route) => route.upload !== undefined) ? STAGED_FILES : []),
  ];
}

/** Everything that a function may do: what it lists, what its routes imply, and taking work from its queue. */
export function grantsOf({ trigger, grants }: FunctionSpec): readonly Grant[] {
  if (trigger.kind === 'http') return mergedGrants([...grants, ...grantsOfRoutes(trigger.routes)]);
  return trigger.kind === 'queue' ? [...grants, { kind: 'queue', queue: trigger.queue, use: 'consume' }] : grants;
}

/** A function with one kind of trigger. */
export type TriggeredBy<K extends Trigger['kind']> = FunctionSpec & {
  readonly trigger: Extract<Trigger, { readonly kind: K }>;
};

export function isTriggeredBy<K extends Trigger['kind']>(spec: FunctionSpec, kind: K): spec is TriggeredBy<K> {
  return spec.trigger.kind === kind;
}
