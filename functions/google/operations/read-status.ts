import type { GoogleConnection } from '../../../shared/domain/google/google-connection.ts';
import type { SyncLogEntry, SyncOrigin } from '../../../shared/domain/sync-log/sync-log.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly connections: { find(): Promise<GoogleConnection | undefined> };
  readonly log: { newestOf(origin: SyncOrigin): Promise<SyncLogEntry | undefined> };
}

/** Whether an account is connected, and when its contacts were last synchronised, with or without success. */
export async function readStatus({ connections, log }: Deps) {
  const [connection, newest] = await Promise.all([connections.find(), log.newestOf('google_contacts')]);
  if (connection === undefined) return ok({ google: { conectado: false as const } });
  const { activo, motivo, alcance } = connection;
  if (!activo) {
    const broken = { conectado: false as const, reconectar: true as const, motivo: motivo ?? ('revocada' as const) };
    return ok({ google: broken });
  }
  return ok({ google: { conectado: true as const, alcance, ultimo_sync: newest?.created_at ?? null } });
}
