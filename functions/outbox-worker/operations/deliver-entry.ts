import { IntegrationRepository } from '../../../shared/domain/integration/integration.repository.ts';
import { openDiscordWebhook } from '../../../shared/domain/integration/integration-secret.ts';
import { type DiscordContent, discordContent } from '../../../shared/domain/outbox/discord-content.ts';
import { mailContent } from '../../../shared/domain/outbox/mail-content.ts';
import { contentOf, type OutboxEntry } from '../../../shared/domain/outbox/outbox-entry.ts';
import { pushContent } from '../../../shared/domain/outbox/push-content.ts';
import { type Turn, WorkRefused, workOnEntry } from '../../../shared/domain/outbox/work-on-entry.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import { type Discord, DiscordRefused } from '../../../shared/platform/discord/discord-webhook.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import { type Mailer, MailRefused } from '../../../shared/platform/mail/mailer.ts';
import type { Push } from '../../../shared/platform/push/fcm.ts';
import { PushNotSetUp, PushRefused } from '../../../shared/platform/push/push-errors.ts';
import type { WorkMessage, WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { SecretStore } from '../../../shared/platform/secrets/secret-store.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { followRetention } from './follow-retention.ts';
import { pushNotifications } from './push-notifications.ts';

export interface DeliverDeps {
  readonly keys: TenantKeys;
  readonly mailer: Mailer;
  readonly discord: Discord;
  readonly push: Push;
  /** Holds the addresses of the operator's channels. */
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Where work that takes more than one turn asks for the next. */
  readonly queue: WorkQueue;
}

/** Above the mail client's own limit of 20 s, and above a turn at pushing with its last message. */
const LEASE_MS = 45_000;

/** What a service will never take, whoever tries again. */
const FINAL = [MailRefused, DiscordRefused, PushRefused, PushNotSetUp];

/**
 * Does the work of one outbox entry: sends its mail or its card, pushes its notifications, or lets bookings follow their
 * company's retention. A crash between sending and settling sends again: no service has an idempotency key
 * (`integrations.md` §4.1, §4.4), and a digest twice is better than none. What is pushed twice is seen once.
 * @throws EntryBusy, or whatever kept it from leaving: the queue then brings the message back
 */
export function deliverEntry(deps: DeliverDeps, scope: TenantScope, message: WorkMessage): Promise<void> {
  return workOnEntry({ ...deps, leaseMs: LEASE_MS }, scope, message, async (entry) => {
    if (entry.kind === 'retention') return followRetention(deps, scope);
    try {
      return await send(deps, scope, entry);
    } catch (thrown) {
      const isFinal = FINAL.some((refusal) => thrown instanceof refusal);
      if (isFinal) throw new WorkRefused('The service refused what was sent', { cause: thrown });
      throw thrown;
    }
  });
}

async function send(deps: DeliverDeps, scope: TenantScope, entry: OutboxEntry): Promise<Turn> {
  const dataKey = () => deps.keys.dataKey(scope, 'guest-data');
  if (entry.kind === 'push') return pushNotifications(deps, scope, await contentOf(entry, pushContent, dataKey));
  if (entry.kind === 'discord') {
    const { channel, message } = await contentOf(entry, discordContent, dataKey);
    await deps.discord.post(await webhookOf(deps, scope, channel), message);
    return 'done';
  }
  const mail = await contentOf(entry, mailContent, dataKey);
  await deps.mailer.send({ id: entry.id, ...mail });
  return 'done';
}

/** @throws DiscordRefused when the company has removed its channel meanwhile */
async function webhookOf({ keys, secrets }: DeliverDeps, scope: TenantScope, channel: DiscordContent['channel']) {
  if (channel !== 'empresa') return secrets.read(channel);
  const integration = await new IntegrationRepository(scope).findDiscord();
  if (integration === undefined) throw new DiscordRefused('The company has no channel any more');
  return openDiscordWebhook(await keys.dataKey(scope, 'integrations'), integration.sealed);
}
