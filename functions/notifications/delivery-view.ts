import type { Channel, LateRun } from '../../shared/domain/late-run/late-run.ts';
import type { OutboxEntry } from '../../shared/domain/outbox/outbox-entry.ts';
import { toOffsetIso } from '../../shared/platform/clock/clock.ts';
import type { Entrega } from './schemas.ts';

/** What leaves from the outbox, by its kind there. */
const CHANNEL_OF: Readonly<Record<string, Channel>> = { mail: 'correo', discord: 'discord' };

/** One delivery as its outbox entry tells of it; undefined for an entry of another kind of work. */
export function deliveryView({ id, kind, estado, attempts, settled_at }: OutboxEntry): Entrega | undefined {
  const canal = CHANNEL_OF[kind];
  if (canal === undefined) return undefined;
  const terminada = settled_at === undefined ? null : toOffsetIso(new Date(settled_at));
  return { id, canal, estado, intentos: attempts, terminada };
}

/** The deliveries of a run; one whose entry is past its time is left out, as the run itself soon is. */
export function deliveriesOf(run: LateRun, entries: ReadonlyMap<string, OutboxEntry>): Entrega[] {
  return run.entregas.flatMap(({ canal, id }): readonly Entrega[] => {
    // The line in everybody's list is written before the run counts it.
    if (id === null) return [{ id, canal, estado: 'entregado', intentos: 1, terminada: run.fin }];
    const entry = entries.get(id);
    const view = entry && deliveryView(entry);
    return view === undefined ? [] : [view];
  });
}
