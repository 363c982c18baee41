import type { ChainFinding } from '../../../shared/domain/audit/audit-chain.ts';
import type { AuditEntry } from '../../../shared/domain/audit/audit-entry.ts';
import type { ListPage, PageRequest } from '../../../shared/platform/dynamo/list-newest.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { AuditoriaQuery } from '../schemas.ts';

interface Deps {
  readonly trail: {
    list(page: PageRequest): Promise<ListPage<AuditEntry>>;
    verify(): Promise<ChainFinding>;
  };
}

/** A page of the trail and, when asked for, what a verification of the whole chain found. */
export async function readTrail({ trail }: Deps, query: AuditoriaQuery) {
  const [page, finding] = await Promise.all([
    trail.list(query),
    query.verificar === '1' ? trail.verify() : Promise.resolve(undefined),
  ]);
  return ok({
    entradas: [...page.items],
    siguiente: page.cursor,
    ...(finding && {
      verificacion: {
        integra: finding.firstBreak === null,
        entradas: finding.fitting,
        primera_rotura: finding.firstBreak,
      },
    }),
  });
}
