import type { Integrations } from '../../../shared/domain/integration/integration.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly integrations: { find(): Promise<Integrations> };
}

/** The AI settings; of a stored key the fact alone. */
export async function readAiConfig({ integrations }: Deps) {
  const { ia } = await integrations.find();
  return ok({
    data: {
      configurado: ia !== undefined,
      proveedor: ia?.proveedor ?? null,
      modelo: ia?.modelo ?? null,
      api_key_masked: ia?.sealed === undefined ? null : ('****' as const),
    },
  });
}
