import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import type { PlainSettingsName, SettingsOf } from '../../../shared/domain/company/settings.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly scope: TenantScope;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly address: string;
}

/** Replaces one kind of settings; they hold numbers and columns and no person, so the trail tells them whole. */
export async function saveSettings<N extends PlainSettingsName>(
  { scope, clock, actor, address }: Deps,
  name: N,
  value: SettingsOf<N>,
): Promise<SettingsOf<N>> {
  const fact = { accion: 'ajustes.guardar', entidad: 'ajustes', entidad_id: name, cambios: value };
  const origin = { actor, address, now: clock.now() };
  await new AuditTrail(scope).commit(origin, fact, [new CompanyRepository(scope).savingSettings(name, value)]);
  return value;
}
