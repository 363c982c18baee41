import { PasswordResetRepository } from '../../../shared/domain/identity/password-reset.repository.ts';
import { newResetToken, RESET_S, resetDigest, resetUid } from '../../../shared/domain/identity/password-reset.ts';
import {
  type Membership,
  mayEnter,
  type SignInRepository,
} from '../../../shared/domain/identity/sign-in.repository.ts';
import { sessionVersionOf } from '../../../shared/domain/identity/token-family.ts';
import { OutboxRepository } from '../../../shared/domain/outbox/outbox.repository.ts';
import { sealContent } from '../../../shared/domain/outbox/outbox-entry.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { resetMail } from './compose-reset.ts';

interface Deps {
  readonly table: Table;
  readonly people: SignInRepository;
  readonly tenantKeys: TenantKeys;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly resetPage: string;
}

/** Sends a way to a new password to whoever has the address, and says the same whether or not anybody has. */
export async function requestReset(deps: Deps, email: string) {
  const owner = await deps.people.findByEmail(email);
  if (owner !== undefined && mayEnter(owner)) await sendReset(deps, owner);
  return { detail: 'If the address is known, a message has been sent' };
}

/** The token stands in the mail alone; until that has left, it rests sealed. */
async function sendReset(deps: Deps, owner: Membership): Promise<void> {
  const { user, company } = owner;
  const now = deps.clock.now();
  const scope = new TenantScope(deps.table, company.id);
  const token = newResetToken();
  const reset = {
    digest: resetDigest(token),
    session_version: sessionVersionOf(owner),
    expires_at: Math.floor(now.getTime() / 1000) + RESET_S,
  };
  const outbox_id = deps.ids.next('out', now);
  const mail = resetMail(user, deps.resetPage, { uid: resetUid({ empresaId: company.id, userId: user.id }), token });
  const key = await deps.tenantKeys.dataKey(scope, 'guest-data');
  await scope.table.transact([
    new PasswordResetRepository(scope).offering(user.id, reset),
    new OutboxRepository(scope).additionOf(
      { id: outbox_id, kind: 'mail', sealed: sealContent(key, outbox_id, mail) },
      now,
    ),
  ]);
  deps.log.info('PASSWORD_RESET_ASKED', { user_id: user.id });
  try {
    await deps.queue.send({ empresa_id: company.id, outbox_id });
  } catch (thrown) {
    // The entry stands in the outbox and the sweeper will enqueue it.
    deps.log.error('OUTBOX_RETRIED', thrown, { empresa_id: company.id, outbox_id });
  }
}
