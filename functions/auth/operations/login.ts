import { randomBytes } from 'node:crypto';
import type { Membership, SignInRepository } from '../../../shared/domain/identity/sign-in.repository.ts';
import { mayEnter } from '../../../shared/domain/identity/sign-in.repository.ts';
import { shownRole } from '../../../shared/domain/identity/user.ts';
import { type AccessClaims, issueAccessToken } from '../../../shared/platform/auth/access-token.ts';
import { verifyPassword } from '../../../shared/platform/auth/password-hash.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { SecretStore } from '../../../shared/platform/secrets/secret-store.ts';
import type { LoginBody } from '../schemas.ts';

export interface LoginDeps {
  readonly people: SignInRepository;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly tokenHours: number;
}

export interface LoginResult {
  readonly ok: true;
  readonly token: string;
  readonly debe_cambiar_password: boolean;
}

/**
 * Signs a person in by e-mail and password.
 * @throws AppError `unauthenticated`, one sentence for every cause and after the same work (D-06)
 */
export async function login(deps: LoginDeps, input: LoginBody): Promise<LoginResult> {
  const membership = await deps.people.findByEmail(input.email);
  const matches = await verifyPassword(input.password, membership?.user.password_hash);
  if (membership === undefined || !matches || !mayEnter(membership)) {
    deps.log.info('LOGIN_REFUSED', { origen: input.origen });
    throw new AppError('unauthenticated', 'El correo o la contraseña no son correctos.');
  }
  const now = deps.clock.now();
  const token = await issueAccessToken(deps.secrets, claimsOf(membership), { now, hours: deps.tokenHours });
  deps.log.info('LOGIN_ACCEPTED', { origen: input.origen, user_id: membership.user.id });
  return { ok: true, token, debe_cambiar_password: membership.user.debe_cambiar_password };
}

function claimsOf({ user, company }: Membership): AccessClaims {
  return {
    sub: user.email,
    user_id: user.id,
    empresa_id: company.id,
    company_id: company.id,
    rol: shownRole(user.role),
    role: user.role,
    es_superadmin: user.es_superadmin,
    is_superuser: user.es_superadmin,
    debe_cambiar_password: user.debe_cambiar_password,
    username: user.username,
    usr: user.id,
    ver: user.session_version,
    token_type: 'access',
    jti: randomBytes(16).toString('hex'),
  };
}
