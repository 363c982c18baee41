import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { mailgunMailer } from '../../shared/platform/mail/mailer.ts';
import { defineQueueFunction } from '../../shared/platform/queue/queue-function.ts';
import { secretStore } from '../../shared/platform/secrets/secret-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { outboxWorkerEnvironment } from './env.ts';
import { deliverEntry } from './operations/deliver-entry.ts';

const env = readEnvironment(outboxWorkerEnvironment);
const table = new Table(documentClient(), env.TABLE_NAME);
const settings = { baseUrl: env.MAILGUN_BASE_URL, domain: env.MAILGUN_DOMAIN, sender: env.MAIL_SENDER };
const deps = {
  keys: tenantKeys(env.KMS_KEY_ID, systemClock),
  mailer: mailgunMailer(settings, secretStore(env.SECRETS_PREFIX)),
  clock: systemClock,
  log: functionLog(),
};

export const handler = defineQueueFunction((message) =>
  deliverEntry(deps, new TenantScope(table, message.empresa_id), message),
);
