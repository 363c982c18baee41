import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { usersEnvironment } from './env.ts';
import { changeUser } from './operations/change-user.ts';
import { createUser } from './operations/create-user.ts';
import { deleteUser } from './operations/delete-user.ts';
import { listUsers } from './operations/list-users.ts';
import { resetPassword } from './operations/reset-password.ts';
import { targetScope } from './operations/target-company.ts';
import { usersRoutes } from './routes.ts';
import type { CompanyQuery } from './schemas.ts';

const http = httpDeps(readEnvironment(usersEnvironment));

interface Call {
  readonly actor: Actor;
  readonly query: CompanyQuery;
  readonly origin: Origin;
}

const scopeOf = ({ actor, query }: Pick<Call, 'actor' | 'query'>) => targetScope(http.table, actor, query);
const depsOf = (call: Call) => ({ scope: scopeOf(call), clock: http.clock, ids: randomIds });
const by = ({ actor, origin }: Call) => ({ actor, address: origin.address });

export const handler = defineHttpFunction(
  usersRoutes,
  {
    listarUsuarios: async (call) => listUsers(scopeOf(call)),
    crearUsuario: async (call) => createUser(depsOf(call), by(call), call.body),
    eliminarUsuario: async (call) => deleteUser(depsOf(call), by(call), call.params.id),
    cambiarUsuario: async (call) => changeUser(depsOf(call), by(call), call.params.id, call.body),
    restablecerContrasena: async (call) => resetPassword(depsOf(call), by(call), call.params.id),
  },
  http,
);
