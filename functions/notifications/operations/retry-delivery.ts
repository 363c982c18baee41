import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { OutboxEntry } from '../../../shared/domain/outbox/outbox-entry.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { deliveryView } from '../delivery-view.ts';
import type { Entrega } from '../schemas.ts';

interface Deps {
  readonly outbox: {
    findMany(ids: readonly string[]): Promise<readonly OutboxEntry[]>;
    retrying(id: string, now: Date): Write;
  };
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
  readonly enqueue: (id: string) => Promise<void>;
  readonly now: Date;
}

const UNKNOWN = 'No hay ninguna entrega con ese identificador.';
const REFUSED =
  'El servicio rechazó el aviso y repetirlo no cambiaría nada. Revisa el correo de la empresa o el canal de Discord; la siguiente revisión usará los datos nuevos.';

/**
 * Tries a delivery again that was given up after its last attempt. One that waits or has arrived is answered as it is,
 * so that the same call twice sends nothing twice.
 * @throws AppError `not_found` for what is no delivery of a run, `conflict` for one that the service has refused
 */
export async function retryDelivery(deps: Deps, id: string) {
  const seen = await deliveryOf(deps, id);
  if (seen.estado === 'rechazado') throw new AppError('conflict', REFUSED);
  if (seen.estado !== 'fallido') return ok({ entrega: seen });
  const fact = { accion: 'entrega.reintentar', entidad: 'entrega', entidad_id: id, cambios: { canal: seen.canal } };
  try {
    await deps.commit(fact, [deps.outbox.retrying(id, deps.now)]);
  } catch (thrown) {
    // Somebody else was quicker: their try counts.
    if (thrown instanceof TransactionRefused) return ok({ entrega: await deliveryOf(deps, id) });
    throw thrown;
  }
  await deps.enqueue(id);
  return ok({ entrega: { ...seen, estado: 'pendiente' as const, intentos: 0 } });
}

/** What stands in the outbox for other reasons is none of the caller's. */
async function deliveryOf({ outbox }: Deps, id: string): Promise<Entrega> {
  const [entry] = await outbox.findMany([id]);
  const view = entry?.cause === undefined ? undefined : deliveryView(entry);
  if (view === undefined) throw new AppError('not_found', UNKNOWN);
  return view;
}
