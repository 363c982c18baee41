import type { AiVendor } from '../../../shared/platform/ai/ai-client.ts';
import { ModelsUnread } from '../../../shared/platform/ai/model-list.ts';
import type { Log } from '../../../shared/platform/log/log.ts';

export interface WatchDeps {
  /** The vendor of the shared tier: of the others the platform has no key. */
  readonly vendor: AiVendor;
  /** Every name of that vendor that the configuration holds. */
  readonly configured: readonly string[];
  /** @throws ModelsUnread */
  readonly list: () => Promise<ReadonlySet<string>>;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** The vendor serves a configured model no more. */
export class ModelsMissing extends Error {
  override readonly name = 'ModelsMissing';
}

/**
 * Compares the configured names with the vendor's list (`integrations.md` §3). A list that cannot be read proves
 * nothing: the next day asks again.
 * @throws ModelsMissing so that the function's alarm goes off
 */
export async function watchModels({ vendor, configured, list, log }: WatchDeps) {
  let served: ReadonlySet<string>;
  try {
    served = await list();
  } catch (thrown) {
    if (!(thrown instanceof ModelsUnread)) throw thrown;
    log.warn('AI_MODELS_UNREAD', { vendor, reason: thrown.reason });
    return { vendor, checked: 0 };
  }
  const missing = configured.filter((model) => !served.has(model));
  for (const model of missing) log.error('AI_MODEL_MISSING', undefined, { vendor, model });
  if (missing.length > 0) throw new ModelsMissing(`${vendor} serves no more: ${missing.join(', ')}`);
  return { vendor, checked: configured.length };
}
