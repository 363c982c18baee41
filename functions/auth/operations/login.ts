import { loginClaims } from '../../../shared/domain/identity/access-claims.ts';
import type { LoginAttemptRepository } from '../../../shared/domain/identity/login-attempt.repository.ts';
import type { SignInRepository } from '../../../shared/domain/identity/sign-in.repository.ts';
import { mayEnter } from '../../../shared/domain/identity/sign-in.repository.ts';
import { issueAccessToken } from '../../../shared/platform/auth/access-token.ts';
import { verifyPassword } from '../../../shared/platform/auth/password-hash.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { SecretStore } from '../../../shared/platform/secrets/secret-store.ts';
import type { LoginBody } from '../schemas.ts';

export interface LoginDeps {
  readonly people: SignInRepository;
  /** Absent where limits are switched off. */
  readonly attempts: LoginAttemptRepository | undefined;
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
 * @param address the gateway's source address
 * @throws AppError `unauthenticated`, one sentence for every cause and after the same work (D-06)
 * @throws AppError `rate_limited` after too many failures, whether or not the address is anybody's (D-07)
 */
export async function login(deps: LoginDeps, input: LoginBody, address: string): Promise<LoginResult> {
  const { attempts, clock, log, people } = deps;
  const admission = await attempts?.admit(input.email, address, clock.now());
  if (admission?.admitted === false) throw lockedOut(deps, input, admission.retryAfter);
  const membership = await people.findByEmail(input.email);
  const matches = await verifyPassword(input.password, membership?.user.password_hash);
  if (membership === undefined || !matches || !mayEnter(membership)) {
    if (admission) await attempts?.failed(admission.pair);
    log.info('LOGIN_REFUSED', { origen: input.origen });
    throw new AppError('unauthenticated', 'El correo o la contraseña no son correctos.');
  }
  const now = clock.now();
  if (admission) await attempts?.succeeded(admission.pair, now);
  const token = await issueAccessToken(deps.secrets, loginClaims(membership), { now, hours: deps.tokenHours });
  log.info('LOGIN_ACCEPTED', { origen: input.origen, user_id: membership.user.id });
  return { ok: true, token, debe_cambiar_password: membership.user.debe_cambiar_password };
}

function lockedOut({ log }: LoginDeps, { origen }: LoginBody, retryAfter: number): AppError {
  log.info('LOGIN_REFUSED', { origen, retry_after: retryAfter });
  const minutes = Math.ceil(retryAfter / 60);
  const wait = minutes === 1 ? 'un minuto' : `${minutes} minutos`;
  return new AppError('rate_limited', `Demasiados intentos fallidos. Vuelve a intentarlo dentro de ${wait}.`, {
    retryAfter,
  });
}
