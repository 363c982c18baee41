import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { boundGoogle } from '../../shared/domain/google/bound-google.ts';
import { googleAccounts } from '../../shared/domain/google/google-account.ts';
import { pmsAddresses } from '../../shared/domain/integration/pms-addresses.ts';
import { connectedPms } from '../../shared/domain/pms/connected-pms.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { defineQueueFunction } from '../../shared/platform/queue/queue-function.ts';
import { workMessage, workQueue } from '../../shared/platform/queue/work-queue.ts';
import { secretStore } from '../../shared/platform/secrets/secret-store.ts';
import { connectTable } from '../../shared/platform/tenant/connect-table.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { contactSyncWorkerEnvironment } from './env.ts';
import { continueSync } from './operations/continue-sync.ts';

/** What a turn leaves to the PMS, so that something is left for Google. */
const PMS_BUDGET_MS = 120_000;

const env = readEnvironment(contactSyncWorkerEnvironment);
const table = connectTable(env);
const bound = {
  keys: tenantKeys(env.KMS_KEY_ID, systemClock),
  clock: systemClock,
  ids: randomIds,
  log: functionLog(),
  queue: workQueue(env.CONTACT_SYNC_QUEUE_URL),
};
const connectGoogle = googleAccounts(boundGoogle(env, { ...bound, secrets: secretStore(env.SECRETS_PREFIX) }));
const pms = { addresses: pmsAddresses(env), hosts: env.PARTNER_HOSTS, callOut, budgetMs: PMS_BUDGET_MS };
const connectPms = connectedPms({ ...bound, ...pms });

export const handler = defineQueueFunction((message) => {
  const { empresa_id, outbox_id } = workMessage.parse(message);
  const scope = new TenantScope(table, empresa_id);
  const log = new SyncLogRepository(scope);
  const companies = new CompanyRepository(scope);
  const logging: Parameters<typeof continueSync>[0]['logging'] = (entry) => log.additionOf(entry);
  return continueSync({ ...bound, scope, connectGoogle, connectPms, companies, logging }, outbox_id);
});
