import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { Property, Unit } from '../../../shared/domain/property/property.ts';

type Change = Readonly<Record<string, unknown>>;

/** The scalar fields of a body that differ from what stands. */
function differing(body: Change, seen: Change | undefined): AuditFact['cambios'] {
  const changed = Object.entries(body).filter(([field, value]) => value !== undefined && value !== seen?.[field]);
  const told = changed.filter(([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value));
  return Object.fromEntries(told) as AuditFact['cambios'];
}

/** What somebody did to a property, for the audit trail. */
export function propertyFact(
  accion: 'propiedad.crear' | 'propiedad.cambiar' | 'propiedad.borrar',
  { id }: Pick<Property, 'id'>,
  body: Change = {},
  seen?: Property,
): AuditFact {
  return { accion, entidad: 'propiedad', entidad_id: String(id), cambios: differing(body, seen) };
}

/** What somebody did to a unit, for the audit trail. */
export function unitFact(
  accion: 'unidad.crear' | 'unidad.cambiar' | 'unidad.borrar',
  property: Pick<Property, 'id'>,
  { id }: Pick<Unit, 'id'>,
  { body = {}, seen }: { readonly body?: Change; readonly seen?: Unit } = {},
): AuditFact {
  const cambios = { propiedad: property.id, ...differing(body, seen) };
  return { accion, entidad: 'unidad', entidad_id: String(id), cambios };
}
