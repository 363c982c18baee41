import type { HeatmapRange } from '../../../shared/domain/heatmap/heatmap-range.ts';
import { movementsOf } from '../../../shared/domain/heatmap/movements.ts';
import type { ConnectPms } from '../../../shared/domain/pms/pms-client.ts';
import { nameOfPms, PmsFailed, pmsRefusal } from '../../../shared/domain/pms/pms-failed.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { CountedMovements } from './draw-heatmap.ts';

const NO_PMS =
  'No tienes ningún PMS conectado. Conéctalo en Integraciones o sube un fichero XLSX con POST /api/heatmap/xlsx.';

/**
 * Counts what the PMS says, by two questions: who arrives in the range, and who leaves in it (`stay-sidekick.md` §6.1).
 * One after the other, as the providers ask for (`integrations.md` §0.2).
 * @throws AppError `bad_request` without a PMS, or when it could not be read
 */
export async function pmsMovements(
  connect: () => ReturnType<ConnectPms>,
  range: HeatmapRange,
): Promise<CountedMovements> {
  const window = { from: range.desde, to: range.hasta };
  try {
    const connected = await connect();
    if (connected === undefined) throw new AppError('bad_request', NO_PMS);
    const { proveedor, client } = connected;
    const arriving = await client.listReservations(window);
    const departing = await client.listReservations({ ...window, by: 'check_out' });
    return {
      movements: movementsOf({ arriving, departing }, range),
      warnings: [],
      source: nameOfPms(proveedor),
      origin: 'heatmap_pms',
      proveedor,
    };
  } catch (thrown) {
    if (thrown instanceof PmsFailed) throw pmsRefusal(thrown);
    throw thrown;
  }
}
