import { createHash } from 'node:crypto';
import type { AiChoice } from '../../../shared/domain/vault/ai-choice.ts';
import type { AiCallRecord } from '../../../shared/domain/vault/ai-usage.ts';
import { lostPlaceholders } from '../../../shared/domain/vault/placeholders.ts';
import { BUILT_IN_PROMPTS } from '../../../shared/domain/vault/system-prompt.ts';
import type { AiFailed, AiUsage } from '../../../shared/platform/ai/ai-client.ts';
import { askPersistently } from '../../../shared/platform/ai/persistent-client.ts';
import { PlaceholdersLost } from './draft-failures.ts';
import type { DraftDeps, DraftOrder } from './draft-text.ts';

interface DraftCall {
  readonly choice: AiChoice;
  readonly apiKey: string;
  readonly signal: AbortSignal;
  readonly deadline: number;
  /** Told of every answer that came, of use or not. */
  readonly record: (answer: Pick<AiCallRecord, 'proveedor' | 'modelo' | 'resultado' | 'tokens'>) => void;
  /** The override of the prompt, if there is one. */
  readonly system: string | undefined;
}

/** Once as it comes, and once more when a placeholder was lost. */
const TRIES = 2;
/** Room for hidden reasoning, which every vendor counts within the limit. */
const LEAST_TOKENS = 2_048;
const SPARE_TOKENS = 1_024;

/**
 * Asks for the text until every placeholder of the original is in it (D-57), all within one deadline.
 * @throws AiFailed, PlaceholdersLost
 */
export async function writeDraft(deps: DraftDeps, order: DraftOrder, call: DraftCall): Promise<string> {
  const { choice } = call;
  let lost: readonly string[] = [];
  for (let round = 0; round < TRIES; round += 1) {
    let { model } = choice;
    const onFailure = (failure: AiFailed, asked: string) => noteFailure(deps, call, failure, asked);
    const client: typeof deps.clients.gemini = (each) => {
      model = each.request.model;
      return deps.clients[choice.vendor](each);
    };
    const { text, usage } = await askPersistently(
      { client, clock: deps.clock, onFailure },
      { ...call, fallbackModel: choice.fallbackModel, request: requestOf(deps, order, call, lost) },
    );
    lost = lostPlaceholders(order.contenido, text);
    const resultado = lost.length === 0 ? 'aceptada' : 'rechazada';
    call.record({ proveedor: choice.vendor, modelo: model, resultado, tokens: tokensOf(usage) });
    if (lost.length === 0) return text;
    deps.log.warn('AI_PLACEHOLDERS_LOST', { empresa_id: deps.empresaId, vendor: choice.vendor, count: lost.length });
  }
  throw new PlaceholdersLost(lost);
}

function requestOf(
  { empresaId }: DraftDeps,
  order: DraftOrder,
  { choice, system }: DraftCall,
  lost: readonly string[],
) {
  const { contenido, idioma, prompt } = order;
  const reminder = `Tu respuesta anterior se dejó estos marcadores, que tienen que aparecer tal cual: ${lost.join(', ')}.`;
  return {
    model: choice.model,
    system: [system ?? BUILT_IN_PROMPTS[prompt], ...(lost.length > 0 ? [reminder] : [])].join('\n\n'),
    user: `Idioma: ${idioma}\n\n${contenido}`,
    // A character is never more than a token or so, and a translation rarely half as long again.
    mostTokens: Math.max(LEAST_TOKENS, Math.ceil(contenido.length / 2) + SPARE_TOKENS),
    minimalReasoning: choice.minimalReasoning,
    askedBy: `t_${createHash('sha256').update(empresaId).digest('hex').slice(0, 16)}`,
  };
}

function noteFailure({ log, empresaId }: DraftDeps, call: DraftCall, failure: AiFailed, model: string): void {
  const { vendor, clave } = call.choice;
  const { problem, details } = failure;
  const fields = { empresa_id: empresaId, vendor, model, key: clave, problem, status: details.status ?? null };
  // What is wrong with our own key or models is for the operator to mend.
  const isOurs =
    clave === 'compartida' && ['AUTH_INVALID', 'AUTH_SCOPE', 'MODEL_GONE', 'QUOTA_EXHAUSTED'].includes(problem);
  if (isOurs) log.error('AI_FAILED', failure, fields);
  else log.warn('AI_FAILED', fields);
  if (details.usage) {
    call.record({ proveedor: vendor, modelo: model, resultado: 'rechazada', tokens: tokensOf(details.usage) });
  }
}

function tokensOf(usage: AiUsage | null): AiCallRecord['tokens'] {
  if (usage === null) return null;
  const { input, output, cached, reasoning, total } = usage;
  return { entrada: input, salida: output, cache: cached, razonamiento: reasoning, total };
}
