import * as z from 'zod';
import { TOOLS, type Tool } from './tool.ts';

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
 * `invalid`: one that opens nothing, whatever the cause; `unavailable`: nobody could be asked whose it is.
 */
export type Refusal = 'missing' | 'invalid' | 'inactive' | 'unavailable';

const TOLD_APART: readonly Refusal[] = ['missing', 'inactive', 'unavailable'];

export type Verdict =
  /** `toolsOff`: what the person's company has switched off. */
  | { readonly verdict: 'ok'; readonly actor: Actor; readonly toolsOff: readonly Tool[] }
  | { readonly verdict: Refusal; readonly actor?: undefined };

/** The authorizer's context: API Gateway carries flat text values only. */
export interface VerdictContext {
  readonly verdict: string;
  readonly actor?: string;
  readonly toolsOff?: string;
}

const toolsSchema = z.array(z.enum(TOOLS));

export function encodeVerdict(verdict: Verdict): VerdictContext {
  return verdict.verdict === 'ok'
    ? { verdict: 'ok', actor: JSON.stringify(verdict.actor), toolsOff: JSON.stringify(verdict.toolsOff) }
    : { verdict: verdict.verdict };
}

/** Closed by default: a context that is absent or not exactly ours is `invalid`. */
export function decodeVerdict(context: Partial<VerdictContext> | null | undefined): Verdict {
  const refusal = TOLD_APART.find((name) => name === context?.verdict);
  if (refusal !== undefined) return { verdict: refusal };
  const { verdict, actor, toolsOff } = context ?? {};
  if (verdict !== 'ok' || actor === undefined || toolsOff === undefined) return { verdict: 'invalid' };
  try {
    const parsed = { actor: actorSchema.parse(JSON.parse(actor)), toolsOff: toolsSchema.parse(JSON.parse(toolsOff)) };
    return { verdict: 'ok', ...parsed };
  } catch {
    return { verdict: 'invalid' };
  }
}
