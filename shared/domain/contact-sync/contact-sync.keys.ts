import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The syncs of a company's contacts: `T#<empresa_id>#CONTACT_SYNC`. */
export function contactSyncPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'CONTACT_SYNC');
}

/** One sync: `T#<empresa_id>#CONTACT_SYNC` / `<sync id>`; an id begins with its instant. */
export function contactSyncKey(empresaId: string, id: string): Key {
  return { pk: contactSyncPartition(empresaId), sk: id };
}

/** Which sync a company's contacts are held by: `T#<empresa_id>#CONTACT_LOCK` / `LOCK`. */
export function contactLockKey(empresaId: string): Key {
  return { pk: tenantPartition(empresaId, 'CONTACT_LOCK'), sk: 'LOCK' };
}

/** Contacts of a workbook that wait for another turn: `T#<empresa_id>#CONTACT_PENDING`. */
export function pendingContactsPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'CONTACT_PENDING');
}

/** Some hundred of them: `T#<empresa_id>#CONTACT_PENDING` / `<sync id>#<part>`. */
export function pendingContactsKey(empresaId: string, syncId: string, part: number): Key {
  return { pk: pendingContactsPartition(empresaId), sk: `${syncId}#${inOrder(part)}` };
}

/** What is known of the contacts of a Google account: `T#<empresa_id>#CONTACT_LINK`. */
export function contactLinksPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'CONTACT_LINK');
}

/** Part of one full read and of what came after it: `T#<empresa_id>#CONTACT_LINK` / `<generation>#<part>`. */
export function contactLinksKey(empresaId: string, generation: string, part: number): Key {
  return { pk: contactLinksPartition(empresaId), sk: `${generation}#${inOrder(part)}` };
}

function inOrder(part: number): string {
  return String(part).padStart(6, '0');
}
