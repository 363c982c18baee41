import * as z from 'zod';
import { pmsIntegration, pmsUse } from '../integration/integration.ts';

/** A company's PMS as it is used. */
export const pmsConnection = pmsIntegration.extend({
  ...pmsUse.shape,
  /** The provider's host that the company has chosen, see `endpointBase`. */
  endpoint: z.string().nullable().optional(),
  /** When the catalogue was last read with success. */
  ultimo_sync: z.string().nullable().optional(),
});
export type PmsConnection = z.infer<typeof pmsConnection>;
