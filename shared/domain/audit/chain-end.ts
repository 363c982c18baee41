import * as z from 'zod';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { auditHeadKey } from './audit.keys.ts';
import { FIRST_HASH } from './audit-entry.ts';

/** The end of a chain, as its head row remembers it; number 0 before the first entry. */
const chainEnd = z.object({ number: z.int().nonnegative(), hash: z.string() });
export type ChainEnd = z.infer<typeof chainEnd>;

/** The end of a chain that holds nothing yet. */
export const EMPTY_CHAIN: ChainEnd = { number: 0, hash: FIRST_HASH };

/** Where a company's chain ends. A head row that is gone or damaged names no end: then entries stand behind it. */
export async function readChainEnd({ empresaId, table }: TenantScope): Promise<ChainEnd> {
  const row = await table.get(auditHeadKey(empresaId), { consistent: true });
  return chainEnd.safeParse(row).data ?? EMPTY_CHAIN;
}
