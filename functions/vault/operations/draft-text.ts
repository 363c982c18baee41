import type { Company } from '../../../shared/domain/company/company.ts';
import type { Integrations } from '../../../shared/domain/integration/integration.ts';
import { type AiChoice, type AiModels, chooseAi } from '../../../shared/domain/vault/ai-choice.ts';
import type { CallEnd } from '../../../shared/domain/vault/ai-usage.repository.ts';
import type {
  AiAction,
  AiCallRecord,
  AiLimits,
  Reservation,
  UsageMoment,
} from '../../../shared/domain/vault/ai-usage.ts';
import type { SystemPrompt, SystemPromptName } from '../../../shared/domain/vault/system-prompt.ts';
import type { AiClient, AiVendor } from '../../../shared/platform/ai/ai-client.ts';
import { localDateTime } from '../../../shared/platform/calendar/time-zone.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import { allowanceUsedUp, companyUnknown, draftFailure, keyOfAnotherProvider } from './draft-failures.ts';
import { openOwnKey } from './own-key.ts';
import { writeDraft } from './write-draft.ts';

export interface DraftDeps {
  readonly empresaId: string;
  readonly integrations: { find(): Promise<Integrations> };
  readonly companies: { find(): Promise<Company | undefined> };
  readonly prompts: { find(name: SystemPromptName): Promise<SystemPrompt | undefined> };
  readonly usage: {
    reserve(id: string, limits: AiLimits, moment: UsageMoment): Promise<Reservation>;
    settle(end: CallEnd): Promise<void>;
  };
  /** The company's data key of purpose `integrations`. */
  readonly dataKey: () => Promise<DataKey>;
  /** The key of the shared tier. */
  readonly sharedKey: () => Promise<string>;
  readonly clients: Readonly<Record<AiVendor, AiClient>>;
  readonly models: AiModels;
  readonly limits: AiLimits;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** What is to be drafted. */
export interface DraftOrder {
  readonly accion: AiAction;
  readonly prompt: SystemPromptName;
  /** Code of the language of the result. */
  readonly idioma: string;
  readonly contenido: string;
}

/** The gateway waits for 30 s: everything that AI takes has to fit into these (`stay-sidekick.md` §9.2). */
const BUDGET_MS = 25_000;

/**
 * Drafts a text: picks key and model, takes a place in the allowance of the shared tier before the call and settles it
 * afterwards (D-46). It drafts and nothing else: nothing is stored, nothing is sent to a guest.
 * @throws AppError `rate_limited`, `timeout`, `upstream_failed` as `stay-sidekick.md` §4.10 has them
 */
export async function draftText(deps: DraftDeps, order: DraftOrder): Promise<string> {
  const { clock } = deps;
  const deadline = clock.now().getTime() + BUDGET_MS;
  const signal = AbortSignal.timeout(BUDGET_MS);
  const [{ ia }, company, override] = await Promise.all([
    deps.integrations.find(),
    deps.companies.find(),
    deps.prompts.find(order.prompt),
  ]);
  if (company === undefined) throw companyUnknown();
  const own = await openOwnKey(deps, ia);
  const choice = chooseAi(deps.models, ia, own);
  if ('keyOf' in choice) throw keyOfAnotherProvider(choice.keyOf);
  const apiKey = own?.api_key ?? (await deps.sharedKey());
  const today = localDateTime(clock.now(), company.zona_horaria).date;
  const reserved = own === undefined ? await takePlace(deps, company, today) : undefined;
  const answers: AiCallRecord[] = [];
  const record = (answer: Omit<AiCallRecord, 'id' | 'accion' | 'fecha' | 'clave'>) => {
    const { accion } = order;
    answers.push({ id: deps.ids.next('aic', clock.now()), accion, fecha: today, clave: choice.clave, ...answer });
  };
  let counts = false;
  try {
    const call = { choice, apiKey, signal, deadline, record, system: override?.contenido };
    const text = await writeDraft(deps, order, call);
    counts = true;
    return text;
  } catch (thrown) {
    throw draftFailure(thrown, choice.clave);
  } finally {
    await settled(deps, { ...(reserved && { reserved }), counts, answers, now: clock.now() }, choice);
  }
}

async function takePlace({ usage, ids, limits, clock }: DraftDeps, { zona_horaria }: Company, today: string) {
  const now = clock.now();
  const id = ids.next('air', now);
  const outcome = await usage.reserve(id, limits, { today, now });
  if (outcome.kind === 'full') throw allowanceUsedUp(outcome, limits, { zona_horaria, now });
  return { id, fecha: today };
}

/** The text is there whatever becomes of the books: a place that is not given back lapses within a minute. */
async function settled({ usage, log, empresaId }: DraftDeps, end: CallEnd, { vendor }: AiChoice): Promise<void> {
  try {
    await usage.settle(end);
  } catch (thrown) {
    log.error('AI_UNSETTLED', thrown, { empresa_id: empresaId, vendor, counts: end.counts });
  }
}
