import type { AuditFact } from '../audit/audit-entry.ts';
import type { Apartment } from './apartment.ts';

/** Fields that say what a dwelling is, and nothing of a guest. */
const TOLD = [
  'id_pms',
  'id_externo',
  'nombre',
  'direccion',
  'ciudad',
  'numero_registro',
  'activo',
] as const satisfies readonly (keyof Apartment)[];

/** What somebody did to an apartment, for the audit trail: the fields that it gave another value. */
export function apartmentFact(
  accion: 'apartamento.crear' | 'apartamento.cambiar' | 'apartamento.borrar',
  before: Apartment | null,
  after: Apartment,
): AuditFact {
  const changed = TOLD.filter((field) => (before === null ? after[field] !== null : after[field] !== before[field]));
  const cambios = Object.fromEntries(changed.map((field) => [field, after[field]]));
  return { accion, entidad: 'apartamento', entidad_id: after.id, cambios };
}
