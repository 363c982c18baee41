import { type ContactSync, failuresOf, shownState } from '../../../shared/domain/contact-sync/contact-sync.ts';
import type { SyncView } from '../schemas.ts';

const RAN_OUT = 'La sincronización se interrumpió. Vuelve a lanzarla: lo que ya está hecho no se repite.';

/** A sync as people read it. Whom Google did not take is told by number and reason, never by name. */
export function syncViewOf(sync: ContactSync, now: Date): SyncView {
  const { id, fuente, inicio, fin, cuentas, error } = sync;
  const { total, contactos, nuevos, actualizados, fallos } = cuentas;
  const estado = shownState(sync, now);
  const reasons = Object.entries(fallos).map(([reason, count]) => `${count} sin guardar: ${reason}`);
  return {
    id,
    origen: fuente.origen,
    estado,
    inicio,
    fin,
    total,
    contactos,
    nuevos,
    actualizados,
    ...(failuresOf(cuentas) > 0 && { advertencias: reasons }),
    error: estado === sync.estado ? error : RAN_OUT,
  };
}
