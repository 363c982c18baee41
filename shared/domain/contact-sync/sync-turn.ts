import * as z from 'zod';
import { toOffsetIso } from '../../platform/clock/clock.ts';
import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { Log } from '../../platform/log/log.ts';
import type { WorkQueue } from '../../platform/queue/work-queue.ts';
import type { Contact } from '../contact/contact.ts';
import { contentOf } from '../outbox/outbox-entry.ts';
import { workOnEntry } from '../outbox/work-on-entry.ts';
import type { SyncLogEntry } from '../sync-log/sync-log.ts';
import { ContactSyncRepository } from './contact-sync.repository.ts';
import { type ContactSync, type EndedSync, failuresOf } from './contact-sync.ts';
import { PendingContactsRepository } from './pending-contacts.repository.ts';
import { type SourceContacts, SourceGone, type SyncDeps, type SyncTurn, syncContacts } from './sync-contacts.ts';

export interface TurnDeps extends Pick<SyncDeps, 'scope' | 'connectGoogle' | 'clock' | 'ids'> {
  readonly keys: TenantKeys;
  readonly log: Log;
  readonly queue: WorkQueue;
  /** The write that adds a line to the company's sync log. */
  readonly logging: (entry: SyncLogEntry) => Write;
  readonly nameOf: (contact: Contact) => string;
}

/** What an entry of kind `contact-sync` says. */
const syncContent = z.object({ sync_id: z.string() });

const INTERRUPTED =
  'La sincronización se interrumpió y el fichero ya no está. Vuelve a subirlo: lo que ya está hecho no se repite.';

export interface TurnRequest {
  readonly outboxId: string;
  /** Contacts that are in memory, or can be asked for; those that wait in the table otherwise. */
  readonly contacts: (sync: ContactSync) => Promise<SourceContacts> | undefined;
  /** Milliseconds after which no new batch is begun. */
  readonly budgetMs: number;
  /** Longest that the turn may last, the batch under way included. */
  readonly leaseMs: number;
}

/**
 * One turn at a sync that stands in the outbox, by whoever has the time for it: the call that asked for it, then the
 * worker behind the queue.
 * @returns how it ended; undefined when the sync has ended already
 * @throws EntryBusy, or what is no failure of Google or the PMS
 */
export async function takeSyncTurn(deps: TurnDeps, request: TurnRequest): Promise<SyncTurn | undefined> {
  const { scope, log } = deps;
  const syncs = new ContactSyncRepository(scope);
  const dataKey = () => deps.keys.dataKey(scope, 'guest-data');
  const pending = new PendingContactsRepository(scope, dataKey);
  let turn: SyncTurn | undefined;
  const message = { empresa_id: scope.empresaId, outbox_id: request.outboxId };
  await workOnEntry({ ...deps, leaseMs: request.leaseMs }, scope, message, async (entry) => {
    const { sync_id } = await contentOf(entry, syncContent, dataKey);
    const sync = await syncs.find(sync_id);
    if (sync?.estado !== 'en_curso') return 'done';
    turn = await syncContacts(syncDeps(deps, syncs, sync), {
      sync,
      nameOf: deps.nameOf,
      until: new Date(deps.clock.now().getTime() + request.budgetMs),
      async contacts() {
        return (await request.contacts(sync)) ?? waiting(pending, sync, deps.clock.now());
      },
    });
    const ids = { empresa_id: scope.empresaId, sync_id: sync.id };
    if (turn.kind === 'later') {
      const holds = sync.fuente.origen === 'xlsx' ? await request.contacts(sync) : undefined;
      if (holds !== undefined) await pending.save(sync.id, holds.contacts, sync.limite);
      log.info('CONTACT_SYNC_CONTINUED', ids);
      return { againInSeconds: turn.seconds };
    }
    const ended = { ...turn.end, fin: toOffsetIso(deps.clock.now()) };
    await syncs.finish(sync.id, ended, [deps.logging(logEntryOf(sync, ended))]);
    await pending.remove(sync.id);
    log.info('CONTACT_SYNC_FINISHED', { ...ids, state: ended.estado });
    return 'done';
  });
  return turn;
}

function syncDeps(
  { scope, connectGoogle, keys, clock, ids }: TurnDeps,
  syncs: ContactSyncRepository,
  { id }: ContactSync,
) {
  const dataKey = () => keys.dataKey(scope, 'guest-data');
  const saveProgress: SyncDeps['saveProgress'] = (counts, intent) => syncs.saveProgress(id, counts, intent);
  return { scope, connectGoogle, clock, ids, dataKey, saveProgress };
}

async function waiting(pending: PendingContactsRepository, sync: ContactSync, now: Date): Promise<SourceContacts> {
  const contacts = await pending.read(sync.id, now);
  if (contacts === undefined) throw new SourceGone(INTERRUPTED);
  return { total: contacts.length, contacts };
}

/** `stay-sidekick.md` §6.7. */
function logEntryOf(sync: ContactSync, { estado, cuentas, error, fin }: EndedSync): SyncLogEntry {
  const { nuevos, actualizados } = cuentas;
  const fallidos = failuresOf(cuentas);
  const counted = `${nuevos} nuevos, ${actualizados} actualizados, ${fallidos} con error`;
  const source = sync.fuente.origen === 'xlsx' ? 'XLSX' : `PMS, del ${sync.fuente.desde} al ${sync.fuente.hasta}`;
  return {
    id: sync.id,
    origen: 'google_contacts',
    estado,
    proveedor: null,
    num_registros: nuevos + actualizados,
    recuentos: { nuevos, actualizados, fallidos },
    duracion_ms: Math.max(0, Date.parse(fin) - Date.parse(sync.inicio)),
    usuario_id: sync.solicitado_por,
    detalle: error ?? `Contactos de ${source}: ${counted}.`,
    created_at: fin,
  };
}
