import { SignInRepository } from '../../shared/domain/identity/sign-in.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { accountsEnvironment } from './env.ts';
import { changePassword } from './operations/change-password.ts';
import { confirmReset } from './operations/confirm-reset.ts';
import { editUser } from './operations/edit-user.ts';
import { listUsers } from './operations/list-users.ts';
import { editOwn, readOwn } from './operations/own-account.ts';
import { requestReset } from './operations/request-reset.ts';
import { accountsRoutes } from './routes.ts';

const env = readEnvironment(accountsEnvironment);
const http = httpDeps(env);
const deps = {
  ...http,
  people: new SignInRepository(http.table),
  ids: randomIds,
  queue: workQueue(env.WORK_QUEUE_URL),
  resetPage: env.PASSWORD_RESET_URL,
};

interface Call {
  readonly actor: Actor;
  readonly origin: Origin;
}

const by = ({ actor, origin }: Call) => ({ actor, address: origin.address });
const scopeOf = ({ actor }: Pick<Call, 'actor'>) => new TenantScope(http.table, actor.empresaId);

export const handler = defineHttpFunction(
  accountsRoutes,
  {
    usersMe: ({ actor }) => readOwn(deps, actor),
    updateUsersMe: (call) => editOwn(deps, by(call), call.body),
    changeOwnPassword: (call) => changePassword({ ...deps, scope: scopeOf(call) }, by(call), call.body),
    passwordReset: ({ body }) => requestReset(deps, body.email),
    confirmPasswordReset: ({ body, origin }) => confirmReset(deps, body, origin.address),
    users: (call) => listUsers(scopeOf(call), call.query),
    updateUser: loading((call) => editUser({ ...deps, scope: scopeOf(call) }, by(call), call.params.id)),
  },
  http,
);
