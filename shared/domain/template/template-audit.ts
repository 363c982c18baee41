import type { AuditFact } from '../audit/audit-entry.ts';
import type { Template } from './template.ts';

const TOLD = ['nombre', 'idioma', 'categoria', 'activa'] as const satisfies readonly (keyof Template)[];

/** What somebody did to a template, for the audit trail: of its text only that it is another one. */
export function templateFact(
  accion: 'plantilla.crear' | 'plantilla.cambiar' | 'plantilla.borrar',
  before: Template | null,
  after: Template,
): AuditFact {
  const changed = TOLD.filter((field) => after[field] !== (before === null ? null : before[field]));
  const cambios = {
    ...Object.fromEntries(changed.map((field) => [field, after[field]])),
    ...(before !== null && after.contenido !== before.contenido && { otro_contenido: true }),
  };
  return { accion, entidad: 'plantilla', entidad_id: after.id, cambios };
}
