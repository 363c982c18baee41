import { SignInRepository } from '../../shared/domain/identity/sign-in.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { invitesEnvironment } from './env.ts';
import { editInvite, readInvite, removeInvite, setInviteActive } from './operations/act-on-invite.ts';
import { createInvite } from './operations/create-invite.ts';
import { listInvites } from './operations/list-invites.ts';
import { register } from './operations/register.ts';
import { validateInvite } from './operations/validate-invite.ts';
import { invitesRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(invitesEnvironment));
const deps = { ...http, ids: randomIds };

interface Call {
  readonly actor: Actor;
  readonly origin: Origin;
}

const by = ({ actor, origin }: Call) => ({ actor, address: origin.address });
const acting = ({ actor }: Pick<Call, 'actor'>) => ({
  scope: new TenantScope(http.table, actor.empresaId),
  people: new SignInRepository(http.table),
  clock: http.clock,
});

export const handler = defineHttpFunction(
  invitesRoutes,
  {
    register: ({ body, origin }) => register(deps, body, origin.address),
    validateInvite: ({ body }) => validateInvite(deps, body.code),
    inviteCodes: (call) => listInvites(acting(call), call.query),
    createInviteCode: (call) => createInvite(acting(call), by(call), call.body),
    inviteCode: (call) => readInvite(acting(call), call.params.id),
    revokeInviteCode: (call) => setInviteActive(acting(call), by(call), call.params.id, false),
    reactivateInviteCode: (call) => setInviteActive(acting(call), by(call), call.params.id, true),
    editInviteCode: loading((call) => editInvite(acting(call), by(call), call.params.id)),
    deleteInviteCode: (call) => removeInvite(acting(call), by(call), call.params.id),
  },
  http,
);
