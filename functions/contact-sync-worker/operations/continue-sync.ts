import type { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { groupContacts } from '../../../shared/domain/contact/contact.ts';
import { contactName } from '../../../shared/domain/contact/contact-name.ts';
import { DEFAULT_CONTACT_PREFERENCES } from '../../../shared/domain/contact/preferences.ts';
import { staysOfReservations } from '../../../shared/domain/contact/reservation-stays.ts';
import type { ContactSync } from '../../../shared/domain/contact-sync/contact-sync.ts';
import { type SourceContacts, SourceGone } from '../../../shared/domain/contact-sync/sync-contacts.ts';
import { type TurnDeps, takeSyncTurn } from '../../../shared/domain/contact-sync/sync-turn.ts';
import type { ConnectPms } from '../../../shared/domain/pms/pms-client.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

export interface ContinueDeps extends Omit<TurnDeps, 'nameOf'> {
  readonly companies: Pick<CompanyRepository, 'settings'>;
  readonly connectPms: ConnectPms;
}

/** The function lives five minutes: what is left of them is for the batch under way. */
const BUDGET_MS = 200_000;
const LEASE_MS = 310_000;

/**
 * One turn at a sync that did not end in the call that asked for it.
 * @throws whatever keeps it from going on: the queue then brings the message back
 */
export async function continueSync(deps: ContinueDeps, outboxId: string): Promise<void> {
  const preferences = (await deps.companies.settings('contactos')) ?? DEFAULT_CONTACT_PREFERENCES;
  await takeSyncTurn(
    { ...deps, nameOf: (contact) => contactName(contact, preferences) },
    {
      outboxId,
      contacts: (sync) => contactsOfPms(deps.connectPms, deps.scope, sync),
      budgetMs: BUDGET_MS,
      leaseMs: LEASE_MS,
    },
  );
}

/** A PMS is asked anew: what it answers rests nowhere (ruling 8). Undefined for a workbook, whose contacts wait. */
function contactsOfPms(connect: ConnectPms, scope: TenantScope, { fuente }: ContactSync) {
  if (fuente.origen !== 'pms') return undefined;
  const { desde: from, hasta: to } = fuente;
  return (async (): Promise<SourceContacts> => {
    const connected = await connect(scope);
    if (connected === undefined) throw new SourceGone('El PMS se desconectó antes de terminar. Conéctalo y repite.');
    const reservations = await connected.client.listReservations({ from, to });
    return { total: reservations.length, contacts: await groupContacts(staysOfReservations(reservations)) };
  })();
}
