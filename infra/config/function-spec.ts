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

/** The gateway waits 30 s at most; a function that ends before can still answer 504 in our own shape. */
export const HTTP_TIMEOUT_S = 29;

/** One Lambda function as data; its folder under `functions/` has the same name. */
export interface FunctionSpec {
  readonly description: string;
  readonly trigger: Trigger;
  /** Schema of `functions/<name>/env.ts`: the function gets these variables and no others. */
  readonly environment: z.ZodObject;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly grants: readonly Grant[];
  /**
   * Why the function's own role touches the rows of every company. Any other function touches them in a session of the
   * company that it acts for (`platform.md` §5, second wall).
   */
  readonly acrossTenants?: string;
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

/** Everything that a function may do in one way or the other: what it lists and what its trigger implies. */
function allGrantsOf({ trigger, grants }: FunctionSpec): readonly Grant[] {
  if (trigger.kind === 'http') return mergedGrants([...grants, ...grantsOfRoutes(trigger.routes)]);
  return trigger.kind === 'queue' ? [...grants, { kind: 'queue', queue: trigger.queue, use: 'consume' }] : grants;
}

function isOfTenants(grant: Grant): boolean {
  return grant.kind === 'rows' && grant.leadingKeys === 'T#*';
}

/** What a function may do in the session of a company; undefined where it has none. */
export function sessionGrantsOf(spec: FunctionSpec): readonly Grant[] | undefined {
  const grants = allGrantsOf(spec);
  if (spec.acrossTenants !== undefined || !grants.some(isOfTenants)) return undefined;
  // Locks of the platform are written in one transaction with their owners, so the session may touch them too.
  return grants.filter((grant) => isOfTenants(grant) || (grant.kind === 'rows' && spec.grants.includes(grant)));
}

/** What a function may do by itself: everything but the rows of companies that it touches in sessions. */
export function grantsOf(spec: FunctionSpec): readonly Grant[] {
  const grants = allGrantsOf(spec);
  return sessionGrantsOf(spec) === undefined ? grants : grants.filter((grant) => !isOfTenants(grant));
}

/** A function with one kind of trigger. */
export type TriggeredBy<K extends Trigger['kind']> = FunctionSpec & {
  readonly trigger: Extract<Trigger, { readonly kind: K }>;
};

export function isTriggeredBy<K extends Trigger['kind']>(spec: FunctionSpec, kind: K): spec is TriggeredBy<K> {
  return spec.trigger.kind === kind;
}
