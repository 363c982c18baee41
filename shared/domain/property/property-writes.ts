import type { GuardedWrite } from '../../platform/dynamo/guarded-write.ts';
import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import { propertyKey, propertyNameKey } from './property.keys.ts';
import { compared, type Property } from './property.ts';

/**
 * Why a write about a property was refused. `changed`: not as it was read, or no more; `name_taken`: by another live
 * property of the company.
 */
export type PropertyRefusal = 'changed' | 'name_taken';

export type PropertyWrite = GuardedWrite<PropertyRefusal>;

/** Adds a property and takes its name. */
export function creationWrites(empresaId: string, added: Property): readonly PropertyWrite[] {
  const item = { ...propertyKey(empresaId, added.id), ...added };
  return [
    { write: { kind: 'put', item, condition: ABSENT }, refusal: 'changed' },
    { write: takingName(empresaId, added), refusal: 'name_taken' },
  ];
}

/** Replaces a property while it stands as seen; a new name is taken and the old one freed, deletion frees it too. */
export function changeWrites(empresaId: string, seen: Property, changed: Property): readonly PropertyWrite[] {
  const item = { ...propertyKey(empresaId, seen.id), ...changed };
  const condition = { expression: 'version = :seen', values: { ':seen': seen.version } };
  const [before, after] = [heldName(seen), heldName(changed)];
  return [
    { write: { kind: 'put', item, condition }, refusal: 'changed' },
    ...(after !== undefined && after !== before
      ? [{ write: takingName(empresaId, changed), refusal: 'name_taken' } as const]
      : []),
    ...(before !== undefined && after !== before
      ? [{ write: freeingName(empresaId, seen, before), refusal: 'changed' } as const]
      : []),
  ];
}

/** Deleted properties hold no name. */
function heldName({ name, deleted_at }: Property): string | undefined {
  return deleted_at === null ? compared(name) : undefined;
}

function takingName(empresaId: string, { id, name }: Property): Write {
  const item = { ...propertyNameKey(empresaId, compared(name)), property_id: id };
  return { kind: 'put', item, condition: ABSENT };
}

function freeingName(empresaId: string, { id }: Property, name: string): Write {
  const own = { expression: 'property_id = :id', values: { ':id': id } };
  return { kind: 'delete', key: propertyNameKey(empresaId, name), condition: own };
}
