import { randomBytes } from 'node:crypto';
import type { AccessClaims } from '../../platform/auth/access-token.ts';
import type { Membership } from './sign-in.repository.ts';
import { sessionVersionOf } from './token-family.ts';
import { shownRole } from './user.ts';

/** 32 hexadecimal digits, new for every token. */
export function newTokenId(): string {
  return randomBytes(16).toString('hex');
}

function commonClaims(membership: Membership) {
  const { user, company } = membership;
  return {
    empresa_id: company.id,
    company_id: company.id,
    rol: shownRole(user.role),
    role: user.role,
    es_superadmin: user.es_superadmin,
    is_superuser: user.es_superadmin,
    debe_cambiar_password: user.debe_cambiar_password,
    username: user.username,
    usr: user.id,
    ver: sessionVersionOf(membership),
    token_type: 'access',
    jti: newTokenId(),
  } as const;
}

/** Claims of a token from `POST /api/auth/login`: `sub` is the address and `user_id` the UUID (ruling 1). */
export function loginClaims(membership: Membership): AccessClaims {
  return { sub: membership.user.email, user_id: membership.user.id, ...commonClaims(membership) };
}

/** Claims of a token from `POST /api/token/`: `sub` is the UUID and `user_id` the integer (`aristay.md` §4.2). */
export function tokenClaims(membership: Membership, fam: string): AccessClaims {
  return { sub: membership.user.id, user_id: membership.user.number, fam, ...commonClaims(membership) };
}
