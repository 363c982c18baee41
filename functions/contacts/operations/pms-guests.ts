import type { GuestStay } from '../../../shared/domain/contact/contact.ts';
import { staysOfReservations } from '../../../shared/domain/contact/reservation-stays.ts';
import type { ConnectPms, PmsClient, StayWindow } from '../../../shared/domain/pms/pms-client.ts';
import { PmsFailed, pmsRefusal } from '../../../shared/domain/pms/pms-failed.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

/**
 * The company's PMS.
 * @throws AppError `bad_request` when none is connected, or its key opens no more
 */
export async function connectedPmsOrRefuse(connect: ConnectPms, scope: TenantScope): Promise<PmsClient> {
  const connected = await asRefusal(() => connect(scope));
  if (connected !== undefined) return connected.client;
  throw new AppError('bad_request', 'No hay ningún PMS conectado. Conéctalo en Integraciones o sube un fichero XLSX.');
}

/** @throws AppError `bad_request` when the PMS cannot be read */
export async function guestsOfPms(client: PmsClient, window: StayWindow): Promise<Iterable<GuestStay>> {
  return staysOfReservations(await asRefusal(() => client.listReservations(window)));
}

async function asRefusal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof PmsFailed) throw pmsRefusal(thrown);
    throw thrown;
  }
}
