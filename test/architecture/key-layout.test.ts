import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apartmentKey, pmsLockKey } from '../../shared/domain/apartment/apartment.keys.ts';
import {
  apartmentImportKey,
  importedFileKey,
  writtenPortionKey,
} from '../../shared/domain/apartment-import/apartment-import.keys.ts';
import { feedStateKey } from '../../shared/domain/arrival-feed/feed-state.keys.ts';
import {
  arrivalExpiryKey,
  arrivalImportKey,
  arrivalSourceKey,
  storedArrivalKey,
} from '../../shared/domain/arrival-import/arrival-import.keys.ts';
import { auditHeadKey, auditKey } from '../../shared/domain/audit/audit.keys.ts';
import { autoTaskTemplateKey } from '../../shared/domain/auto-task/auto-task-template.keys.ts';
import {
  type BookingPlace,
  bookingCodeKey,
  bookingIdKey,
  bookingKey,
} from '../../shared/domain/booking/booking.keys.ts';
import {
  bookingImportKey,
  importChangeKey,
  importPageKey,
} from '../../shared/domain/booking-import/booking-import.keys.ts';
import { calendarFeedKey, calendarStayKey } from '../../shared/domain/calendar-feed/calendar-feed.keys.ts';
import { calendarLinkKey, calendarLockKey } from '../../shared/domain/calendar-link/calendar-link.keys.ts';
import { checklistKey, checklistTemplateKey } from '../../shared/domain/checklist/checklist.keys.ts';
import {
  companyEmailLockKey,
  companyKey,
  settingsKey,
  tenantEntryKey,
} from '../../shared/domain/company/company.keys.ts';
import {
  contactLinksKey,
  contactLockKey,
  contactSyncKey,
  pendingContactsKey,
} from '../../shared/domain/contact-sync/contact-sync.keys.ts';
import { erasureKey } from '../../shared/domain/erasure/erasure.keys.ts';
import { eventHeadKey, eventKey } from '../../shared/domain/event/event.keys.ts';
import { oauthStateKey } from '../../shared/domain/google/oauth-state.keys.ts';
import { loginFailuresKey } from '../../shared/domain/identity/login-attempt.keys.ts';
import { passwordResetKey } from '../../shared/domain/identity/password-reset.keys.ts';
import { familyKey } from '../../shared/domain/identity/token-family.keys.ts';
import { emailLockKey, headcountKey, userKey, usernameLockKey } from '../../shared/domain/identity/user.keys.ts';
import { integrationKey } from '../../shared/domain/integration/integration.keys.ts';
import { inviteKey, inviteLockKey, inviteUseKey } from '../../shared/domain/invite/invite.keys.ts';
import { lateRunKey, notifiedKey } from '../../shared/domain/late-run/late-run.keys.ts';
import { deviceKey, deviceLockKey } from '../../shared/domain/notification/device.keys.ts';
import { notificationKey } from '../../shared/domain/notification/notification.keys.ts';
import { outboxKey } from '../../shared/domain/outbox/outbox.keys.ts';
import { photoAlbumKey, photoKey, photoUploadKey } from '../../shared/domain/photo/photo.keys.ts';
import { propertyKey, propertyNameKey } from '../../shared/domain/property/property.keys.ts';
import { syncLogKey } from '../../shared/domain/sync-log/sync-log.keys.ts';
import {
  offlineTaskKey,
  taskCountKey,
  taskDueKey,
  taskHistoryKey,
  taskKey,
  taskOriginKey,
  taskPersonKey,
} from '../../shared/domain/task/task.keys.ts';
import { templateKey } from '../../shared/domain/template/template.keys.ts';
import { turnoverKey } from '../../shared/domain/turnover/turnover.keys.ts';
import { aiCallKey, aiUsageKey } from '../../shared/domain/vault/ai-usage.keys.ts';
import { systemPromptKey } from '../../shared/domain/vault/system-prompt.keys.ts';
import { deliveryKey, endpointKey, handedOutKey } from '../../shared/domain/webhook/webhook.keys.ts';
import { wrappedKeyKey } from '../../shared/platform/crypto/tenant-keys.ts';
import { counterKey } from '../../shared/platform/dynamo/counter.ts';
import type { Key } from '../../shared/platform/dynamo/table.ts';
import { keptReplyKey } from '../../shared/platform/http/kept-reply.ts';
import { rateKey } from '../../shared/platform/http/rate-limit.ts';
import { rateLogKey } from '../../shared/platform/http/sliding-log.ts';
import { sourceFiles } from './source-files.ts';

const tenant = '<empresa_id>';

/** Every builder, called with the names that the page uses for its parts. */
const BUILDERS: Readonly<Record<string, () => Key>> = {
  companyKey: () => companyKey(tenant),
  settingsKey: () => settingsKey(tenant, '<name>'),
  userKey: () => userKey(tenant, '<user_id>'),
  familyKey: () => familyKey(tenant, '<user_id>', '<family>'),
  passwordResetKey: () => passwordResetKey(tenant, '<user_id>'),
  inviteKey: () => inviteKey(tenant, '<number>' as unknown as number),
  inviteUseKey: () => inviteUseKey(tenant, '<number>' as unknown as number, '<user_id>'),
  inviteLockKey: () => inviteLockKey('<code>'),
  headcountKey: () => headcountKey(tenant),
  apartmentKey: () => apartmentKey(tenant, '<apartment_id>'),
  pmsLockKey: () => pmsLockKey(tenant, '<id_pms>'),
  aiUsageKey: () => aiUsageKey(tenant),
  aiCallKey: () => aiCallKey(tenant, '<instant>', '<call_id>'),
  systemPromptKey: () => systemPromptKey('<name>' as 'vault_traducir'),
  apartmentImportKey: () => apartmentImportKey(tenant, '<import_id>'),
  importedFileKey: () => importedFileKey(tenant, '<fingerprint>'),
  writtenPortionKey: () => writtenPortionKey(tenant, '<import_id>', '<apartment_id>'),
  templateKey: () => templateKey(tenant, '<template_id>'),
  storedArrivalKey: () => storedArrivalKey(tenant, '<day>', '<fingerprint>'),
  arrivalSourceKey: () => arrivalSourceKey(tenant, '<source>'),
  arrivalImportKey: () => arrivalImportKey(tenant, '<version>', '<import_id>'),
  arrivalExpiryKey: () => arrivalExpiryKey(tenant, '<instant>', '<import_id>'),
  feedStateKey: () => feedStateKey(tenant, '<name>'),
  lateRunKey: () => lateRunKey(tenant, '<started_at>', '<run_id>'),
  notifiedKey: () => notifiedKey(tenant, '<day>'),
  deviceKey: () => deviceKey(tenant, '<digest>'),
  deviceLockKey: () => deviceLockKey('<digest>'),
  notificationKey: () => notificationKey(tenant, '<user_id>', '<occasion>'),
  outboxKey: () => outboxKey(tenant, '<outbox_id>'),
  syncLogKey: () => syncLogKey(tenant, '<created_at>', '<sync_id>'),
  integrationKey: () => integrationKey(tenant, '<name>' as 'pms'),
  auditKey: () => auditKey(tenant, '<number>' as unknown as number),
  auditHeadKey: () => auditHeadKey(tenant),
  propertyKey: () => propertyKey(tenant, '<property_id>' as unknown as number),
  propertyNameKey: () => propertyNameKey(tenant, '<name>'),
  bookingKey: () => {
    const place = { property_id: '<property_id>', check_in_date: '<check_in>', id: '<booking_id>' };
    return bookingKey(tenant, place as unknown as BookingPlace);
  },
  bookingIdKey: () => bookingIdKey(tenant, '<booking_id>' as unknown as number),
  bookingCodeKey: () => bookingCodeKey(tenant, '<code>', '<property_id>' as unknown as number),
  taskKey: () => taskKey(tenant, '<task_id>' as unknown as number),
  taskPersonKey: () => taskPersonKey(tenant, '<person>' as unknown as number, '<task_id>' as unknown as number),
  taskDueKey: () => taskDueKey(tenant, { id: '<task_id>' as unknown as number, due_date: '<due_date>' }),
  turnoverKey: () => turnoverKey(tenant, '<booking_id>' as unknown as number),
  taskCountKey: () => taskCountKey(tenant, '<person>' as unknown as number),
  taskHistoryKey: () => taskHistoryKey(tenant, '<task_id>' as unknown as number, '<version>' as unknown as number),
  taskOriginKey: () => taskOriginKey(tenant, '<booking_id>' as unknown as number, '<template_id>' as unknown as number),
  offlineTaskKey: () => offlineTaskKey(tenant, '<user_id>', '<key>'),
  checklistKey: () => checklistKey(tenant, '<task_id>' as unknown as number),
  checklistTemplateKey: () => checklistTemplateKey(tenant, '<template_id>' as unknown as number),
  autoTaskTemplateKey: () => autoTaskTemplateKey(tenant, '<template_id>' as unknown as number),
  bookingImportKey: () => bookingImportKey(tenant, '<import_id>'),
  importPageKey: () => importPageKey(tenant, '<import_id>', '<kind>' as 'ERRORS', '<index>' as unknown as number),
  importChangeKey: () => importChangeKey(tenant, '<import_id>', '<number>' as unknown as number),
  photoKey: () => photoKey(tenant, '<task_id>' as unknown as number, '<photo_id>' as unknown as number),
  photoAlbumKey: () => photoAlbumKey(tenant, '<task_id>' as unknown as number),
  photoUploadKey: () => photoUploadKey(tenant, '<photo_id>' as unknown as number),
  eventKey: () => eventKey(tenant, '<number>' as unknown as number),
  eventHeadKey: () => eventHeadKey(tenant),
  endpointKey: () => endpointKey(tenant, '<endpoint_id>'),
  deliveryKey: () => deliveryKey(tenant, '<delivery_id>'),
  handedOutKey: () => handedOutKey(tenant),
  calendarFeedKey: () => calendarFeedKey(tenant, '<feed_id>'),
  calendarStayKey: () => calendarStayKey(tenant, '<feed_id>', '<stay_id>'),
  calendarLinkKey: () => calendarLinkKey(tenant, '<link_id>'),
  calendarLockKey: () => calendarLockKey('<digest>'),
  contactSyncKey: () => contactSyncKey(tenant, '<sync_id>'),
  contactLockKey: () => contactLockKey(tenant),
  pendingContactsKey: () => pendingContactsKey(tenant, '<sync_id>', '<part>' as unknown as number),
  contactLinksKey: () => contactLinksKey(tenant, '<generation>', '<part>' as unknown as number),
  oauthStateKey: () => oauthStateKey(tenant, '<nonce>'),
  counterKey: () => counterKey(tenant, '<name>'),
  wrappedKeyKey: () => wrappedKeyKey(tenant, '<purpose>' as 'guest-data'),
  keptReplyKey: () => keptReplyKey(tenant, '<user_id>', '<digest>'),
  emailLockKey: () => emailLockKey('<email>'),
  usernameLockKey: () => usernameLockKey('<username>'),
  companyEmailLockKey: () => companyEmailLockKey('<email>'),
  tenantEntryKey: () => tenantEntryKey(tenant),
  loginFailuresKey: () => loginFailuresKey('<pair>'),
  erasureKey: () => erasureKey(tenant),
  rateLogKey: () => rateLogKey('<scope>', '<caller>'),
  rateKey: () => rateKey('<operation>', '<caller>', '<opened>' as unknown as number),
};

const page = readFileSync(new URL('../../shared/domain/README.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\|[^|]+\| `([^`]+)` \| `([^`]+)` \| `(\w+)` \|$/gm)].map(
  ([, pk = '', sk = '', builder = '']) => ({
    pk,
    sk,
    builder,
  }),
);

/** A shard is a number that follows from the id; a number is written with leading zeros. */
const shape = (text: string) => text.replace(/(TENANTS#)\d+/, '$1<shard>').replace(/0+(<\w+>)/g, '$1');

describe('shared/domain/README.md lists the keys as they are built', () => {
  it.each(rows)('$builder', ({ pk, sk, builder }) => {
    const key = BUILDERS[builder]?.();
    expect(key && { pk: shape(key.pk), sk: shape(key.sk) }).toEqual({ pk, sk });
  });

  it('and leaves none out', () => {
    const exported = sourceFiles('shared').flatMap(({ text }) =>
      [...text.matchAll(/^export function (\w+)\([^)]*\): Key\b/gm)].map(([, name]) => name ?? ''),
    );
    expect(exported.length).toBeGreaterThan(15);
    expect(rows.map(({ builder }) => builder).sort()).toEqual(exported.sort());
  });

  it('and every partition belongs to a tenant or to the platform', () => {
    expect(rows.filter(({ pk }) => !/^(T#<empresa_id>#|P#)[A-Z_]+(#|$)/.test(pk))).toEqual([]);
  });
});
