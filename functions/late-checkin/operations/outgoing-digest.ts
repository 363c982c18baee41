import type { Arrival } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { IntegrationRepository } from '../../../shared/domain/integration/integration.repository.ts';
import type { Channel } from '../../../shared/domain/late-run/late-run.ts';
import type { DiscordContent } from '../../../shared/domain/outbox/discord-content.ts';
import { type NewOutboxEntry, sealContent } from '../../../shared/domain/outbox/outbox-entry.ts';
import { TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { digestCard, digestMail } from './compose-digest.ts';

/** What a run has to tell a company. */
export interface News {
  readonly runId: string;
  readonly company: Company;
  readonly serviceDay: string;
  readonly arrivals: readonly Arrival[];
  readonly now: Date;
}

/** Something that leaves by a channel of its own. */
export interface Outgoing {
  readonly canal: Channel;
  readonly entry: NewOutboxEntry;
}

/**
 * The run's one digest: a mail, sealed because it may name guests, and a card where the company has a channel, in clear
 * because it names none. Each is an entry by itself, so that none waits for the other.
 *
 * @param key the tenant's data key of purpose `guest-data`
 */
export async function outgoingDigest(
  scope: TenantScope,
  ids: Ids,
  news: News,
  key: DataKey,
): Promise<readonly Outgoing[]> {
  const { runId: cause, company, serviceDay, arrivals, now } = news;
  const [template, discord] = await Promise.all([
    new TemplateRepository(scope).findLateCheckin(),
    new IntegrationRepository(scope).findDiscord(),
  ]);
  const id = ids.next('out', now);
  const mail = digestMail({ company, serviceDay, arrivals, template: template?.contenido });
  const entry = { id, kind: 'mail', cause, sealed: sealContent(key, id, { ...mail }) } as const;
  if (discord === undefined) return [{ canal: 'correo', entry }];
  const content: DiscordContent = { channel: 'empresa', message: digestCard(arrivals, serviceDay, now) };
  const card = { id: ids.next('out', now), kind: 'discord', cause, content: { ...content } } as const;
  return [
    { canal: 'correo', entry },
    { canal: 'discord', entry: card },
  ];
}
