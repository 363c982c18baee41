import type { Item, Key } from '../../platform/dynamo/table.ts';
import type { ObjectStore } from '../../platform/storage/object-store.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { STAGED_PREFIX } from '../../platform/upload/uploads.ts';
import { IMPORT_FILES_PREFIX } from '../booking-import/import-files.ts';
import { PHOTOS_PREFIX, STAGED_PHOTOS_PREFIX } from '../photo/photo-objects.ts';
import { calendarLinksHolding } from './calendar-links-holding.ts';
import { devicesHolding } from './devices-holding.ts';
import type { Holding } from './holding.ts';
import { invitesHolding } from './invites-holding.ts';
import { peopleHolding } from './people-holding.ts';

/**
 * Every collection that a tenant has rows of. A partition is a tenant and a collection and nothing more, so this list
 * names them all; a test compares it with the page of the keys and with every call that builds such a key. Index
 * entries go with their rows. The outbox goes first: nothing is to be sent for a company that is gone.
 */
export const TENANT_COLLECTIONS = [
  'OUTBOX',
  'WEBHOOK_DELIVERY',
  'WEBHOOK_ENDPOINT',
  'WEBHOOK_CURSOR',
  'EVENT_HEAD',
  'EVENT',
  'USER',
  'COMPANY',
  'DATA_KEY',
  'HEADCOUNT',
  'TOKEN_FAMILY',
  'PASSWORD_RESET',
  'INVITE',
  'INVITE_USE',
  'INTEGRATION',
  'AI_USAGE',
  'SYNC_LOG',
  'APARTMENT',
  'APARTMENT_PMS',
  'APARTMENT_IMPORT',
  'APARTMENT_IMPORT_FILE',
  'APARTMENT_IMPORT_CHANGE',
  'TEMPLATE',
  'ARRIVAL',
  'ARRIVAL_SOURCE',
  'ARRIVAL_IMPORT',
  'ARRIVAL_EXPIRY',
  'ARRIVAL_FEED',
  'LATE_RUN',
  'LATE_NOTIFIED',
  'NOTIFICATION',
  'DEVICE',
  'PROPERTY',
  'PROPERTY_NAME',
  'BOOKING',
  'BOOKING_ID',
  'BOOKING_CODE',
  'BOOKING_IMPORT',
  'BOOKING_IMPORT_PAGE',
  'BOOKING_IMPORT_CHANGE',
  'CALENDAR_FEED',
  'CALENDAR_STAY',
  'CALENDAR_LINK',
  'TURNOVER',
  'AUTO_TASK_TEMPLATE',
  'CONTACT_SYNC',
  'CONTACT_LOCK',
  'CONTACT_PENDING',
  'CONTACT_LINK',
  'OAUTH_STATE',
  'TASK',
  'TASK_PERSON',
  'TASK_DUE',
  'TASK_HISTORY',
  'TASK_ORIGIN',
  'TASK_COUNT',
  'TASK_OFFLINE',
  'CHECKLIST',
  'CHECKLIST_TEMPLATE',
  'PHOTO',
  'PHOTO_UPLOAD',
  'COUNTER',
  'IDEMPOTENCY',
  'AUDIT',
  'AUDIT_HEAD',
] as const;
export type TenantCollection = (typeof TENANT_COLLECTIONS)[number];

/** Buckets that hold something of tenants. */
export type TenantBucket = 'arrivals' | 'photos' | 'exports';

/** Every prefix below which a tenant's objects lie, as `<prefix><empresa_id>/…`; a test compares it with the grants. */
export const TENANT_PREFIXES: readonly { readonly bucket: TenantBucket; readonly prefix: `${string}/` }[] = [
  { bucket: 'arrivals', prefix: 'arrivals/' },
  { bucket: 'arrivals', prefix: 'results/' },
  { bucket: 'arrivals', prefix: IMPORT_FILES_PREFIX },
  { bucket: 'photos', prefix: PHOTOS_PREFIX },
  { bucket: 'photos', prefix: STAGED_PHOTOS_PREFIX },
  { bucket: 'exports', prefix: 'exports/' },
  { bucket: 'exports', prefix: STAGED_PREFIX },
];

/** Rows listed at once, by their keys: bounds the memory of a portion and the number of claims. */
const PORTION = 1_000;

/** Everything that the stores may hold of one tenant. */
export function tenantHoldings(
  scope: TenantScope,
  buckets: Readonly<Record<TenantBucket, ObjectStore>>,
): readonly Holding[] {
  const rows = TENANT_COLLECTIONS.map((collection) => {
    // These hold names on the whole platform.
    if (collection === 'USER') return peopleHolding(scope);
    if (collection === 'CALENDAR_LINK') return calendarLinksHolding(scope);
    if (collection === 'DEVICE') return devicesHolding(scope);
    return collection === 'INVITE' ? invitesHolding(scope) : rowsHolding(scope, collection);
  });
  const objects = TENANT_PREFIXES.map(({ bucket, prefix }) => objectsHolding(buckets[bucket], prefix, scope.empresaId));
  return [...rows, ...objects];
}

/** The rows of one collection. */
export function rowsHolding({ empresaId, table }: TenantScope, collection: TenantCollection): Holding {
  const query = { pk: tenantPartition(empresaId, collection), limit: PORTION, consistent: true, keysOnly: true };
  return {
    name: collection,
    async first(through) {
      const { items } = await table.query({ ...query, ...(through !== undefined && { to: through }) });
      const keys = items.map(keyOf);
      const last = keys.at(-1);
      if (last === undefined) return undefined;
      return { last: last.sk, filas: { [collection]: keys.length }, remove: () => table.deleteMany(keys) };
    },
  };
}

function keyOf({ pk, sk }: Item): Key {
  return { pk: String(pk), sk: String(sk) };
}

function objectsHolding(store: ObjectStore, prefix: string, empresaId: string): Holding {
  return {
    name: prefix,
    async first(through) {
      const listed = await store.listFirst(`${prefix}${empresaId}/`);
      const keys = through === undefined ? listed : listed.filter((key) => isUpTo(key, through));
      const last = keys.at(-1);
      if (last === undefined) return undefined;
      return { last, objetos: { [prefix]: keys.length }, remove: () => store.removeMany(keys) };
    },
  };
}

/** In the order in which S3 lists, which is not that of JavaScript beyond U+FFFF. */
function isUpTo(key: string, through: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(through)) <= 0;
}
