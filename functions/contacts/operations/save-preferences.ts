import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { type ContactPreferences, DEFAULT_CONTACT_PREFERENCES } from '../../../shared/domain/contact/preferences.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PreferencesBody } from '../schemas.ts';

interface Deps {
  readonly companies: Pick<CompanyRepository, 'changeSettings'>;
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
}

/** Merges what is sent into what is stored; parallel changes of different preferences keep each other (D-44). */
export async function savePreferences({ companies, commit }: Deps, wanted: PreferencesBody) {
  const cambios = auditedChanges(wanted);
  const fact = { accion: 'ajustes.guardar', entidad: 'ajustes', entidad_id: 'contactos', cambios };
  const preferencias = await companies.changeSettings(
    'contactos',
    (seen) => merged(seen ?? DEFAULT_CONTACT_PREFERENCES, wanted),
    (writes) => commit(fact, writes),
  );
  return ok({ preferencias });
}

function merged(standing: ContactPreferences, wanted: PreferencesBody): ContactPreferences {
  const sent = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return { ...standing, ...Object.fromEntries(sent) };
}

/** Columns are told one by one: an audit entry holds plain values. */
function auditedChanges({ xlsx_reservas, ...others }: PreferencesBody): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries({ ...others, ...xlsx_reservas }).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, value] as const],
    ),
  );
}
