import * as z from 'zod';
import type { Item } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { auditHeadKey } from './audit.keys.ts';
import { FIRST_HASH } from './audit-entry.ts';

/** The end of a chain, as its head row remembers it; number 0 before the first entry. */
const chainEnd = z.object({ number: z.int().nonnegative(), hash: z.string() });
export type ChainEnd = z.infer<typeof chainEnd>;

/** The end of a chain that holds nothing yet. */
export const EMPTY_CHAIN: ChainEnd = { number: 0, hash: FIRST_HASH };

/** The end that a head row names. One that is gone or damaged names none: then entries stand behind it. */
export function chainEndOf(head: Item | undefined): ChainEnd {
  return chainEnd.safeParse(head).data ?? EMPTY_CHAIN;
}

/** Where a company's chain ends. */
export async function readChainEnd({ empresaId, table }: TenantScope): Promise<ChainEnd> {
  return chainEndOf(await table.get(auditHeadKey(empresaId), { consistent: true }));
}
