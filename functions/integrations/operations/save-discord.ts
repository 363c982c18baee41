import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { DiscordIntegration } from '../../../shared/domain/integration/integration.ts';
import { sealDiscordWebhook } from '../../../shared/domain/integration/integration-secret.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import { webhookPath } from '../../../shared/platform/discord/discord-webhook.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { DiscordBody } from '../schemas.ts';

interface Deps {
  readonly integrations: { savingDiscord(discord: DiscordIntegration, now: string): Write };
  /** The company's data key of purpose `integrations`. */
  readonly dataKey: () => Promise<DataKey>;
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
  readonly now: string;
}

const FORM = 'Copia la dirección tal como la muestra Discord: https://discord.com/api/webhooks/…';

/**
 * Saves the address of the webhook of the company's own channel, sealed: whoever knows it can write there.
 * @throws AppError `invalid` for an address that is no webhook of Discord's, `unavailable` while KMS does not answer
 */
export async function saveDiscord({ integrations, dataKey, commit, now }: Deps, { webhook_url }: DiscordBody) {
  if (webhookPath(webhook_url) === undefined) {
    const issues = [{ field: 'webhook_url', message: FORM }];
    throw new AppError('invalid', 'La dirección no es la de un webhook de Discord.', { issues });
  }
  const sealed = sealDiscordWebhook(await dataKey(), webhook_url);
  const fact = { accion: 'integracion.discord.guardar', entidad: 'integracion', entidad_id: 'discord', cambios: {} };
  await commit(fact, [integrations.savingDiscord({ sealed }, now)]);
  return ok({});
}
