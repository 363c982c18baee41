import type { LateRun } from '../../../shared/domain/late-run/late-run.ts';
import type { OutboxEntry } from '../../../shared/domain/outbox/outbox-entry.ts';
import type { ListPage, PageRequest } from '../../../shared/platform/dynamo/list-newest.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { deliveriesOf } from '../delivery-view.ts';

interface Deps {
  readonly runs: { list(page: PageRequest): Promise<ListPage<LateRun>> };
  readonly outbox: { findMany(ids: readonly string[]): Promise<readonly OutboxEntry[]> };
}

/** One page of scheduled runs, newest first, each with what has become of its deliveries (ruling 13). */
export async function listRuns({ runs, outbox }: Deps, asked: PageRequest) {
  const page = await runs.list(asked);
  const ids = page.items.flatMap(({ entregas }) => entregas.flatMap(({ id }) => id ?? []));
  const entries = new Map((await outbox.findMany(ids)).map((entry) => [entry.id, entry]));
  const ejecuciones = page.items.map((run) => ({ ...run, entregas: deliveriesOf(run, entries) }));
  return ok({ ejecuciones, siguiente: page.cursor });
}
