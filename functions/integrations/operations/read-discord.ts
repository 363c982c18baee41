import type { DiscordIntegration } from '../../../shared/domain/integration/integration.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly integrations: { findDiscord(): Promise<DiscordIntegration | undefined> };
}

/** Whether late arrivals go to a channel of the company's own; never its address. */
export async function readDiscord({ integrations }: Deps) {
  return ok({ configurado: (await integrations.findDiscord()) !== undefined });
}
