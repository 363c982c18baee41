import { defineRoutes } from '../../shared/platform/http/route.ts';
import { T_ANON, T_RESET } from '../../shared/platform/http/throttles.ts';
import {
  confirmBody,
  detailAnswer,
  editBody,
  ownBody,
  passwordBody,
  resetBody,
  userParams,
  userRow,
  usersQuery,
} from './schemas.ts';

const common = { surface: 'aristay', tag: 'Users' } as const;

/** People of the Aristay API: oneself, one's password, and for those who manage them the others (`aristay.md` §9.1). */
export const accountsRoutes = defineRoutes({
  usersMe: {
    ...common,
    method: 'GET',
    path: '/api/users/me/',
    summary: 'The caller',
    access: 'any',
    openWhilePasswordPending: true,
    success: { status: 200, schema: userRow },
  },
  updateUsersMe: {
    ...common,
    method: 'PATCH',
    path: '/api/users/me/',
    summary: 'Changes names, time zone, telephone or address of the caller',
    access: 'any',
    openToViewers: true,
    body: { schema: ownBody },
    success: { status: 200, schema: userRow },
  },
  changeOwnPassword: {
    ...common,
    method: 'POST',
    path: '/api/users/change-password/',
    summary: 'Changes the own password and ends every session',
    access: 'any',
    openToViewers: true,
    openWhilePasswordPending: true,
    body: { schema: passwordBody },
    success: { status: 200, schema: detailAnswer },
  },
  passwordReset: {
    ...common,
    method: 'POST',
    path: '/api/password-reset/',
    summary: 'Sends a way to a new password, if the address is known; the answer does not tell',
    access: 'public',
    rateLimit: T_RESET,
    body: { schema: resetBody },
    success: { status: 200, schema: detailAnswer },
  },
  confirmPasswordReset: {
    ...common,
    method: 'POST',
    path: '/api/password-reset/confirm/',
    summary: 'Sets a new password by the way that was sent, once and within an hour',
    access: 'public',
    rateLimit: T_ANON,
    body: { schema: confirmBody },
    success: { status: 200, schema: detailAnswer },
  },
  users: {
    ...common,
    method: 'GET',
    path: '/api/users/',
    summary: 'People of the company',
    access: 'manager',
    query: usersQuery,
    success: { status: 200, rows: userRow },
    failures: [404],
  },
  updateUser: {
    ...common,
    method: 'PATCH',
    path: '/api/admin/users/{id}/',
    summary: 'Changes a person of the company; managers a little of members',
    access: 'manager',
    params: userParams,
    body: { schema: editBody },
    success: { status: 200, schema: userRow },
  },
});
