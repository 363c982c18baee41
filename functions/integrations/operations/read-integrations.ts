import type { Integrations } from '../../../shared/domain/integration/integration.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly integrations: { find(): Promise<Integrations> };
}

/** What is connected, by name only. */
export async function readIntegrations({ integrations }: Deps) {
  const { pms, ia, google } = await integrations.find();
  return ok({
    data: {
      pms: { configurado: pms !== undefined, proveedor: pms?.proveedor ?? null },
      ia: {
        configurado: ia?.sealed !== undefined,
        proveedor: ia?.proveedor ?? ('default' as const),
        modelo: ia?.modelo ?? null,
      },
      google: { configurado: google?.activo === true },
    },
  });
}
