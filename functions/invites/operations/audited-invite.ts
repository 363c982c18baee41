import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import type { Commit } from '../../../shared/domain/invite/invite.repository.ts';
import type { Invite } from '../../../shared/domain/invite/invite.ts';
import type { ActedBy, InviteDeps } from './invite-terms.ts';

/** Commits the writes with an entry in the company's trail. A code is a key to the company: the trail has its number. */
export function audited(
  { scope, clock }: InviteDeps,
  { actor, address }: ActedBy,
  { id }: Pick<Invite, 'id'>,
  fact: Pick<AuditFact, 'accion' | 'cambios'>,
): Commit {
  const told = { entidad: 'invitacion', entidad_id: String(id), ...fact };
  return (writes) => new AuditTrail(scope).commit({ actor, address, now: clock.now() }, told, writes);
}
