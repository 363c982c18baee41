import type { ApartmentsSheet } from '../../../shared/domain/apartment/apartments-sheet.ts';
import type { CatalogueSource } from '../../../shared/domain/apartment/catalogue-plan.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';

export interface SourceDeps {
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The accepted rows of a sheet as what the catalogue is to be brought to. A file never says that the rest is gone. */
export function sourceOf({ clock, ids }: SourceDeps, empresaId: string, sheet: ApartmentsSheet): CatalogueSource {
  return {
    empresaId,
    apartments: sheet.apartments.map(({ apartment }) => apartment),
    origin: 'xlsx',
    gone: new Set(),
    now: toOffsetIso(clock.now()),
    newId: () => ids.uuid(),
  };
}
