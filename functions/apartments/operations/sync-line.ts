import type { ImportCounts } from '../../../shared/domain/apartment-import/apartment-import.ts';
import type { SyncLogEntry } from '../../../shared/domain/sync-log/sync-log.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { cutText } from '../../../shared/platform/text/cut-text.ts';

/** Longest detail of a line: a workbook may have thousands of rows to complain of. */
const LONGEST_DETAIL = 2_000;

export interface ImportEnd {
  readonly id: string;
  readonly usuarioId: string;
  readonly begun: Date;
  readonly ended: Date;
}

/**
 * The line of an import in the sync log (`stay-sidekick.md` §6.7).
 * @param counts undefined when nothing could be imported, which `messages` then tell
 */
export function syncLine(
  { id, usuarioId, begun, ended }: ImportEnd,
  counts: ImportCounts | undefined,
  messages: readonly string[] = [],
): SyncLogEntry {
  const common = {
    id,
    origen: 'xlsx',
    proveedor: null,
    duracion_ms: Math.max(0, ended.getTime() - begun.getTime()),
    usuario_id: usuarioId,
    created_at: toOffsetIso(begun),
  } as const;
  if (counts === undefined) {
    const detalle = cutText(messages.join('; '), LONGEST_DETAIL);
    return { ...common, estado: 'error', num_registros: null, recuentos: {}, detalle };
  }
  const { filas, nuevos, actualizados, sin_cambios, omitidas } = counts;
  const skipped = omitidas > 0 ? ` ${omitidas} filas omitidas por errores.` : '';
  return {
    ...common,
    estado: omitidas > 0 ? 'parcial' : 'exito',
    num_registros: filas - omitidas,
    recuentos: { nuevos, actualizados, sin_cambios, omitidas },
    detalle: `Apartamentos de un libro: ${nuevos} nuevos, ${actualizados} actualizados, ${sin_cambios} sin cambios.${skipped}`,
  };
}
