import { defineRoutes } from '../../shared/platform/http/route.ts';
import { T_ANON } from '../../shared/platform/http/throttles.ts';
import {
  inviteParams,
  inviteRow,
  invitesQuery,
  registerAnswer,
  registerBody,
  termsBody,
  validateAnswer,
  validateBody,
} from './schemas.ts';

const open = { surface: 'aristay', tag: 'Registration', method: 'POST', access: 'public', rateLimit: T_ANON } as const;
const admin = { surface: 'aristay', tag: 'Invites', access: 'admin' } as const;
const one = { ...admin, params: inviteParams } as const;

/** Joining a company by invite, and the invites (`aristay.md` S4, S5, S18, S19, C48–C52). */
export const invitesRoutes = defineRoutes({
  register: {
    ...open,
    path: '/api/register/',
    summary: 'Creates an account from an invite',
    body: { schema: registerBody },
    success: { status: 201, schema: registerAnswer },
  },
  validateInvite: {
    ...open,
    path: '/api/validate-invite/',
    summary: 'Tells what an invite code is good for',
    body: { schema: validateBody },
    success: { status: 200, schema: validateAnswer },
  },
  inviteCodes: {
    ...admin,
    method: 'GET',
    path: '/api/admin/invite-codes/',
    summary: 'Invites of the company',
    query: invitesQuery,
    success: { status: 200, rows: inviteRow },
    failures: [404],
  },
  createInviteCode: {
    ...admin,
    method: 'POST',
    path: '/api/admin/create-invite-code/',
    summary: 'Makes an invite',
    body: { schema: termsBody },
    success: { status: 201, schema: inviteRow },
  },
  inviteCode: {
    ...one,
    method: 'GET',
    path: '/api/admin/invite-codes/{id}/',
    summary: 'One invite',
    success: { status: 200, schema: inviteRow },
  },
  revokeInviteCode: {
    ...one,
    method: 'POST',
    path: '/api/admin/invite-codes/{id}/revoke/',
    summary: 'Switches an invite off',
    success: { status: 200, schema: inviteRow },
  },
  reactivateInviteCode: {
    ...one,
    method: 'POST',
    path: '/api/admin/invite-codes/{id}/reactivate/',
    summary: 'Switches an invite on again',
    success: { status: 200, schema: inviteRow },
  },
  editInviteCode: {
    ...one,
    method: 'POST',
    path: '/api/admin/invite-codes/{id}/edit/',
    summary: 'Changes the terms of an invite that nobody has used',
    body: { schema: termsBody },
    success: { status: 200, schema: inviteRow },
  },
  deleteInviteCode: {
    ...one,
    method: 'POST',
    path: '/api/admin/invite-codes/{id}/delete/',
    summary: 'Removes an invite that nobody has used',
    success: { status: 204 },
    failures: [400],
  },
});
