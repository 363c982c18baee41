import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import type { PlainSettingsName, SettingsOf } from '../../../shared/domain/company/settings.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly scopeOf: (actor: Actor) => TenantScope;
  readonly clock: Clock;
}

/** Replaces the settings of one tool, which hold columns and hours and no person: the trail tells them whole. */
export function saveSettings({ scopeOf, clock }: Deps) {
  return async <N extends PlainSettingsName>(
    { actor, address }: { readonly actor: Actor; readonly address: string },
    name: N,
    value: SettingsOf<N>,
  ) => {
    const scope = scopeOf(actor);
    const fact = { accion: 'ajustes.guardar', entidad: 'ajustes', entidad_id: name, cambios: value };
    const origin = { actor, address, now: clock.now() };
    await new AuditTrail(scope).commit(origin, fact, [new CompanyRepository(scope).savingSettings(name, value)]);
    return ok({});
  };
}
