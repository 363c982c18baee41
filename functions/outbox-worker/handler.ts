import { receiptKey } from '../../shared/domain/erasure/receipt.ts';
import { boundGoogle } from '../../shared/domain/google/bound-google.ts';
import { googleGrants } from '../../shared/domain/google/google-grants.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { discordWebhooks } from '../../shared/platform/discord/discord-webhook.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { mailgunMailer } from '../../shared/platform/mail/mailer.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { partnerAddress } from '../../shared/platform/outbound/partner-address.ts';
import { fcmPush } from '../../shared/platform/push/fcm.ts';
import { defineQueueFunction } from '../../shared/platform/queue/queue-function.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { secretStore } from '../../shared/platform/secrets/secret-store.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { outboxWorkerEnvironment } from './env.ts';
import { continueErasure } from './operations/continue-erasure.ts';
import { deliverEntry } from './operations/deliver-entry.ts';

const env = readEnvironment(outboxWorkerEnvironment);
const table = new Table(documentClient(), env.TABLE_NAME);
const secrets = secretStore(env.SECRETS_PREFIX);
const common = { clock: systemClock, log: functionLog() };
const settings = { baseUrl: env.MAILGUN_BASE_URL, domain: env.MAILGUN_DOMAIN, sender: env.MAIL_SENDER };
const queue = workQueue(env.WORK_QUEUE_URL);
const partnerAt = (variable: 'DISCORD_BASE_URL' | 'FCM_BASE_URL', host: string) =>
  partnerAddress(variable, env[variable], { hosts: [host], allowed: env.PARTNER_HOSTS });
const fcm = partnerAt('FCM_BASE_URL', 'fcm.googleapis.com');
const keys = tenantKeys(env.KMS_KEY_ID, systemClock);
const google = boundGoogle(env, { ...common, keys, secrets });
const delivery = {
  ...common,
  queue,
  keys,
  mailer: mailgunMailer(settings, secrets),
  discord: discordWebhooks(partnerAt('DISCORD_BASE_URL', 'discord.com'), callOut),
  push: fcmPush({ ...common, addresses: { fcm, oauth: google.addresses.oauth }, callOut, secrets }),
  secrets,
};
const erasure = {
  ...common,
  table,
  ids: randomIds,
  grants: googleGrants(google),
  queue,
  buckets: {
    arrivals: objectStore(env.ARRIVALS_BUCKET),
    photos: objectStore(env.PHOTOS_BUCKET),
    exports: objectStore(env.EXPORTS_BUCKET),
  },
  receiptKey: async () => receiptKey(await secrets.read('SECRET_KEY')),
  quietMs: 1_000,
};

export const handler = defineQueueFunction((message) =>
  'erasure_of' in message
    ? continueErasure(erasure, message)
    : deliverEntry(delivery, new TenantScope(table, message.empresa_id), message),
);
