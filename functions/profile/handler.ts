import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { DEFAULT_NOTIFICACIONES_TARDIAS } from '../../shared/domain/company/settings.ts';
import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { profileEnvironment } from './env.ts';
import { changePassword } from './operations/change-password.ts';
import { readProfile } from './operations/read-profile.ts';
import { saveSettings } from './operations/save-settings.ts';
import { profileRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(profileEnvironment));

const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);
const usersOf = (actor: Actor) => new UserRepository(scopeOf(actor));
const saving = saveSettings({ scopeOf, clock: http.clock });
const companyOf = (actor: Actor) => new CompanyRepository(scopeOf(actor));

export const handler = defineHttpFunction(
  profileRoutes,
  {
    perfil: ({ actor }) => readProfile({ users: usersOf(actor) }, actor),
    cambiarPassword: ({ actor, body, origin }) =>
      changePassword({ scope: scopeOf(actor), clock: http.clock }, { actor, address: origin.address }, body),
    leerXlsxApartamentos: async ({ actor }) =>
      ok({ config: (await companyOf(actor).settings('xlsx_apartamentos')) ?? null }),
    guardarXlsxApartamentos: ({ actor, body, origin }) => saving({ actor, ...origin }, 'xlsx_apartamentos', body),
    leerNotificacionesTardio: async ({ actor }) =>
      ok({ config: (await companyOf(actor).settings('notificaciones_tardias')) ?? DEFAULT_NOTIFICACIONES_TARDIAS }),
    guardarNotificacionesTardio: ({ actor, body, origin }) =>
      saving({ actor, ...origin }, 'notificaciones_tardias', body),
  },
  http,
);
