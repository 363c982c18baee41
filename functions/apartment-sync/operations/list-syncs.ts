import { lastPullOf, type PmsConnection } from '../../../shared/domain/pms/pms-connection.ts';
import type { SyncLogRepository } from '../../../shared/domain/sync-log/sync-log.repository.ts';
import type { PageRequest } from '../../../shared/platform/dynamo/list-newest.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly log: Pick<SyncLogRepository, 'list'>;
  readonly connections: { find(): Promise<PmsConnection | undefined> };
  readonly now: Date;
}

/** What was synchronised, and how old the last good reading of the PMS is: two questions, asked at once. */
export async function listSyncs({ log, connections, now }: Deps, page: PageRequest) {
  const [{ items, cursor }, connection] = await Promise.all([log.list(page), connections.find()]);
  return ok({ sincronizaciones: [...items], siguiente: cursor, ultima_lectura: lastReading(connection, now) });
}

function lastReading(connection: PmsConnection | undefined, now: Date) {
  const instante = connection && lastPullOf(connection);
  if (connection === undefined || !instante) return null;
  const antiguedad_s = Math.max(0, Math.floor((now.getTime() - Date.parse(instante)) / 1000));
  return { proveedor: connection.proveedor, instante, antiguedad_s };
}
