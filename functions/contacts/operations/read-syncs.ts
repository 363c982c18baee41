import type { ContactSync } from '../../../shared/domain/contact-sync/contact-sync.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { ListPage, PageRequest } from '../../../shared/platform/dynamo/list-newest.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { syncViewOf } from './sync-view.ts';

interface Deps {
  readonly syncs: {
    find(id: string): Promise<ContactSync | undefined>;
    list(page: PageRequest): Promise<ListPage<ContactSync>>;
  };
  readonly clock: Clock;
}

/** @throws AppError `not_found` */
export async function readSync({ syncs, clock }: Deps, id: string) {
  const sync = await syncs.find(id);
  if (sync === undefined) throw new AppError('not_found', 'No existe esa sincronización.');
  return ok({ sincronizacion: syncViewOf(sync, clock.now()) });
}

/** Newest first. */
export async function listSyncs({ syncs, clock }: Deps, page: PageRequest) {
  const { items, cursor } = await syncs.list(page);
  return ok({ sincronizaciones: items.map((sync) => syncViewOf(sync, clock.now())), siguiente: cursor });
}
