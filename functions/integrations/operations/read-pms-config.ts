import { lastPullOf, type PmsConnection } from '../../../shared/domain/pms/pms-connection.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PmsConfig } from '../schemas.ts';

interface Deps {
  readonly connections: { find(): Promise<PmsConnection | undefined> };
}

/** The connected PMS as the catalogue shows it; null when there is none. */
export async function readPmsConfig({ connections }: Deps) {
  const connection = await connections.find();
  return ok({ config: connection === undefined ? null : configOf(connection) });
}

/** What of a connection may be shown. */
export function configOf(connection: PmsConnection): PmsConfig {
  const { proveedor, endpoint = null, activo } = connection;
  return { proveedor, endpoint, activo, ultimo_sync: lastPullOf(connection) };
}
