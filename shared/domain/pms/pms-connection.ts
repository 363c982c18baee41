import * as z from 'zod';
import { pmsIntegration, pmsUse } from '../integration/integration.ts';
import { PMS_PROVIDERS } from '../integration/pms-provider.ts';

/** A company's PMS as it is used. */
export const pmsConnection = pmsIntegration.extend({
  ...pmsUse.shape,
  /** When the catalogue was last read with success, and from which provider. */
  ultimo_sync: z.string().optional(),
  ultimo_sync_proveedor: z.enum(PMS_PROVIDERS).optional(),
});
export type PmsConnection = z.infer<typeof pmsConnection>;

/** When the connected provider was last read with success; what another one said before does not count. */
export function lastPullOf({ proveedor, ultimo_sync, ultimo_sync_proveedor }: PmsConnection): string | null {
  return ultimo_sync !== undefined && ultimo_sync_proveedor === proveedor ? ultimo_sync : null;
}
