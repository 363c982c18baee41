import { ContactSyncRepository } from '../../../shared/domain/contact-sync/contact-sync.repository.ts';
import type { ContactSync, SyncSource } from '../../../shared/domain/contact-sync/contact-sync.ts';
import { limitOf, NOTHING_DONE } from '../../../shared/domain/contact-sync/contact-sync.ts';
import type { SourceContacts } from '../../../shared/domain/contact-sync/sync-contacts.ts';
import { type TurnDeps, takeSyncTurn } from '../../../shared/domain/contact-sync/sync-turn.ts';
import { GoogleFailed } from '../../../shared/domain/google/google-failed.ts';
import { OutboxRepository } from '../../../shared/domain/outbox/outbox.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { reply } from '../../../shared/platform/http/route.ts';
import { syncViewOf } from './sync-view.ts';

/** The call lives 29 s: what is left after this time is enough for the batch under way. */
const BUDGET_MS = 12_000;
/** Nobody else takes the sync while the call may live. */
const LEASE_MS = 45_000;

/** @throws AppError `bad_request` unless a Google account is connected and its tokens can be read */
export async function refuseWithoutGoogle({ connectGoogle, scope }: Pick<TurnDeps, 'connectGoogle' | 'scope'>) {
  try {
    if ((await connectGoogle(scope)) !== undefined) return;
  } catch (thrown) {
    if (!(thrown instanceof GoogleFailed)) throw thrown;
    throw new AppError('bad_request', thrown.sentence, { cause: thrown });
  }
  throw new AppError('bad_request', 'Google no está conectado. Conecta una cuenta de Google en el perfil.');
}

/**
 * Begins a sync and takes its first turn at once, which is all that most of them need. What is not done in time goes on
 * from the queue, and can be read meanwhile.
 * @throws AppError `conflict` while another sync is under way, `bad_request` when it came to nothing
 */
export async function startSync(
  deps: TurnDeps,
  actor: Actor,
  fuente: SyncSource,
  contacts: () => Promise<SourceContacts>,
) {
  const syncs = new ContactSyncRepository(deps.scope);
  const { sync, outboxId } = await begin(deps, syncs, { fuente, solicitado_por: actor.userId });
  const request = { outboxId, contacts, budgetMs: BUDGET_MS, leaseMs: LEASE_MS };
  const turn = await takeSyncTurn(deps, request);
  if (turn?.kind === 'finished' && turn.end.error !== null) throw new AppError('bad_request', turn.end.error);
  const now = deps.clock.now();
  const stands = (await syncs.find(sync.id)) ?? sync;
  const { total, nuevos, actualizados } = stands.cuentas;
  const warnings = turn?.warnings ?? [];
  const advertencias = warnings.length > 0 ? { advertencias: [...warnings] } : {};
  const body = ok({
    resultado: { total: total ?? 0, nuevos, actualizados, ...advertencias },
    ...(warnings.length > 0 && { warnings: [...warnings] }),
    sincronizacion: syncViewOf(stands, now),
  });
  return reply(body, { status: stands.estado === 'en_curso' ? 202 : 200 });
}

/** Record, hold and pointer for the queue in one transaction: a call that dies right after it loses nothing. */
async function begin(
  { scope, clock, ids }: TurnDeps,
  syncs: ContactSyncRepository,
  asked: Pick<ContactSync, 'fuente' | 'solicitado_por'>,
) {
  const now = clock.now();
  const sync: ContactSync = {
    id: ids.next('syn', now),
    ...asked,
    estado: 'en_curso',
    inicio: toOffsetIso(now),
    limite: toOffsetIso(limitOf(now)),
    fin: null,
    cuentas: NOTHING_DONE,
    error: null,
    intento: null,
  };
  const entry = { id: ids.next('out', now), kind: 'contact-sync', content: { sync_id: sync.id } } as const;
  await syncs.begin(sync, [new OutboxRepository(scope).additionOf(entry, now)]);
  return { sync, outboxId: entry.id };
}
