import type { SignInRepository } from '../../../shared/domain/identity/sign-in.repository.ts';
import type { InviteTerms } from '../../../shared/domain/invite/invite.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { instantIn, type Timestamp } from '../../../shared/platform/calendar/timestamp.ts';
import { type Clock, toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { TermsBody } from '../schemas.ts';

export interface InviteDeps {
  readonly scope: TenantScope;
  readonly people: Pick<SignInRepository, 'find'>;
  readonly clock: Clock;
}

/** Who acts, and from which address. */
export interface ActedBy {
  readonly actor: Actor;
  readonly address: string;
}

const DAY_MS = 86_400_000;

/** What an invite is when nothing is said of it (`aristay.md` S19). */
export const DEFAULT_TERMS: InviteTerms = {
  task_group: 'general',
  role: 'member',
  max_uses: 1,
  expires_at: null,
  notes: '',
};

/**
 * The terms that are asked for, over those that stand.
 * @throws AppError `invalid` for an `expires_at` that is not to come
 */
export async function termsOf(
  deps: InviteDeps,
  actor: Actor,
  wanted: TermsBody,
  standing: InviteTerms,
): Promise<InviteTerms> {
  return {
    task_group: wanted.task_group ?? standing.task_group,
    role: wanted.role ?? standing.role,
    max_uses: wanted.max_uses ?? standing.max_uses,
    expires_at: await expiryOf(deps, actor, wanted, standing),
    notes: wanted.notes ?? standing.notes,
  };
}

async function expiryOf(deps: InviteDeps, actor: Actor, wanted: TermsBody, standing: InviteTerms) {
  const { expires_at, expires_days } = wanted;
  const now = deps.clock.now();
  if (expires_at === null) return null;
  if (expires_at === undefined) {
    return expires_days === undefined ? standing.expires_at : toUtcIso(new Date(now.getTime() + expires_days * DAY_MS));
  }
  const instant = await instantOf(deps, actor, expires_at);
  if (instant <= now) throw fieldError('This must be a time to come.');
  return toUtcIso(instant);
}

/** The caller's clocks are asked for only where the text has no offset. */
async function instantOf({ people }: InviteDeps, actor: Actor, expiry: Timestamp): Promise<Date> {
  if (expiry.kind === 'instant') return expiry.instant;
  const own = await people.find(actor.empresaId, actor.userId);
  return instantIn(expiry, own?.user.timezone ?? own?.company.zona_horaria ?? 'UTC');
}

function fieldError(message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field: 'expires_at', message }] });
}
