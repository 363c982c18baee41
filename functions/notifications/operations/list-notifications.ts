import type { Notification } from '../../../shared/domain/notification/notification.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { decodeCursor, encodeCursor, foreignCursor } from '../../../shared/platform/dynamo/cursor.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Notificacion, NotificacionesQuery } from '../schemas.ts';

interface Deps {
  readonly notifications: { list(userId: string): Promise<readonly Notification[]> };
}

/**
 * One page of a person's own notifications, newest first. A cursor names the last one shown, so that what comes or is
 * read in between moves nothing.
 * @throws AppError `invalid` for a cursor that no list of this person gave out
 */
export async function listNotifications({ notifications }: Deps, userId: string, query: NotificacionesQuery) {
  const all = await notifications.list(userId);
  const left = query.cursor === undefined ? all : all.slice(positionAfter(query.cursor, all));
  const wanted = query.sin_leer === 'true' ? left.filter(({ is_read }) => !is_read) : left;
  const page = wanted.slice(0, query.limite);
  const last = wanted.length > page.length ? page.at(-1) : undefined;
  return ok({
    notificaciones: page.map(view),
    sin_leer: all.filter(({ is_read }) => !is_read).length,
    siguiente: encodeCursor(last && { sk: last.sk }),
  });
}

function positionAfter(cursor: string, all: readonly Notification[]): number {
  const after = decodeCursor(cursor, {});
  const position = all.findIndex(({ sk }) => sk === after.sk);
  if (position === -1) throw foreignCursor();
  return position + 1;
}

function view(entry: Notification): Notificacion {
  return {
    id: entry.number,
    tipo: entry.verb,
    mensaje: entry.message,
    tarea: entry.task,
    leida: entry.is_read,
    leida_en: entry.read_at === null ? null : toOffsetIso(new Date(entry.read_at)),
    creada: toOffsetIso(new Date(entry.created_at)),
  };
}
