import type { AiVendor } from '../../platform/ai/ai-client.ts';
import type { AiIntegration } from '../integration/integration.ts';
import type { AiKey } from '../integration/integration-secret.ts';

/** What the configuration says of models; their names age fast, so none stands in the code. */
export interface AiModels {
  /** The shared tier (`AI_DEFAULT_PROVIDER`, `AI_DEFAULT_MODEL`). */
  readonly shared: { readonly vendor: AiVendor; readonly model: string };
  /** Of each vendor, first the one to use, then the one to change to when that one is gone. */
  readonly ofVendor: Readonly<Record<AiVendor, readonly string[]>>;
}

/** Which service is asked, which model, and who pays. */
export interface AiChoice {
  readonly vendor: AiVendor;
  readonly model: string;
  readonly fallbackModel: string | undefined;
  /** True for the models of the configuration, which are known to take it. */
  readonly minimalReasoning: boolean;
  readonly clave: 'compartida' | 'propia';
}

/** The stored key belongs to another provider than the one that is set: it never travels there. */
export interface KeyOfAnother {
  readonly keyOf: AiKey['proveedor'];
}

/**
 * Own key where one is stored, else the shared tier, whatever provider and model are set beside it
 * (`stay-sidekick.md` §7.4). The provider decides where the call goes, never the model's name (D-36).
 */
export function chooseAi(
  models: AiModels,
  ia: Pick<AiIntegration, 'proveedor' | 'modelo'> | undefined,
  key: Pick<AiKey, 'proveedor'> | undefined,
): AiChoice | KeyOfAnother {
  if (ia === undefined || key === undefined) return choice(models, models.shared.vendor, undefined, 'compartida');
  if (ia.proveedor !== key.proveedor) return { keyOf: key.proveedor };
  const vendor = ia.proveedor === 'default' ? models.shared.vendor : ia.proveedor;
  const wanted = ia.modelo?.trim() || undefined;
  if (wanted === undefined && ia.proveedor !== 'default') {
    return choice(models, vendor, models.ofVendor[vendor][0], 'propia');
  }
  return choice(models, vendor, wanted, 'propia');
}

function choice(models: AiModels, vendor: AiVendor, wanted: string | undefined, clave: AiChoice['clave']): AiChoice {
  const model = modelName(wanted ?? models.shared.model);
  const known = models.ofVendor[vendor];
  return {
    vendor,
    model,
    fallbackModel: known.find((candidate) => candidate !== model),
    minimalReasoning: known.includes(model) || model === modelName(models.shared.model),
    clave,
  };
}

/** Clients write `gemini/gemini-…`, as a routing library of old wanted it; the vendor knows the rest alone. */
export function modelName(text: string): string {
  return text.replace(/^gemini\//, '');
}
