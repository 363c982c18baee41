import * as z from 'zod';

/** Roles as stored (ruling 2). */
export const ROLES = ['admin', 'manager', 'member', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** The person behind a call, as the table knows them within the last 60 seconds (ruling 3). */
export const actorSchema = z.object({
  userId: z.string(),
  empresaId: z.string(),
  email: z.string(),
  /** The integer by which Aristay's clients know the user. */
  number: z.int(),
  username: z.string(),
  role: z.enum(ROLES),
  esSuperadmin: z.boolean(),
  debeCambiarPassword: z.boolean(),
});
export type Actor = z.infer<typeof actorSchema>;

/**
 * Why a call carries no actor. `missing`: no bearer token at all; `inactive`: one of a person who is switched off;
 * `invalid`: one that opens nothing, whatever the cause.
 */
export type Refusal = 'missing' | 'invalid' | 'inactive';

export type Verdict =
  | { readonly verdict: 'ok'; readonly actor: Actor }
  | { readonly verdict: Refusal; readonly actor?: undefined };

/** The authorizer's context: API Gateway carries flat text values only. */
export interface VerdictContext {
  readonly verdict: string;
  readonly actor?: string;
}

export function encodeVerdict(verdict: Verdict): VerdictContext {
  return verdict.verdict === 'ok'
    ? { verdict: 'ok', actor: JSON.stringify(verdict.actor) }
    : { verdict: verdict.verdict };
}

/** Closed by default: a context that is absent or not exactly ours is `invalid`. */
export function decodeVerdict(context: Partial<VerdictContext> | null | undefined): Verdict {
  if (context?.verdict === 'missing' || context?.verdict === 'inactive') return { verdict: context.verdict };
  if (context?.verdict !== 'ok' || context.actor === undefined) return { verdict: 'invalid' };
  try {
    return { verdict: 'ok', actor: actorSchema.parse(JSON.parse(context.actor)) };
  } catch {
    return { verdict: 'invalid' };
  }
}
