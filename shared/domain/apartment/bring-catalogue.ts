import { setTimeout as delay } from 'node:timers/promises';
import type { Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type ApartmentRepository, CatalogueMoved } from './apartment.repository.ts';
import type { Apartment } from './apartment.ts';
import { type CatalogueSource, type Outcome, planCatalogue } from './catalogue-plan.ts';
import type { Portion } from './catalogue-writes.ts';

/** Times that a catalogue is planned again because it moved meanwhile. */
const ROUNDS = 12;
const LONGEST_WAIT_MS = 200;

/** What leaves a trace of an import beside the rows that it writes. */
export interface CatalogueTrace {
  /** One more write in the transaction of each portion. */
  beside(portion: Portion): Write;
  /** Outcomes of the positions that this import has written already, in an earlier round or before it was stopped. */
  settled(): Promise<ReadonlyMap<number, Outcome>>;
}

export interface Brought {
  /** By position in the source. */
  readonly outcomes: readonly Outcome[];
  /** What the source says is gone. */
  readonly deactivated: readonly Apartment[];
}

/**
 * Brings a catalogue to what a source says. Whatever else changes it meanwhile is met by planning again what is not
 * written yet; what is equal already is not written at all.
 * @throws AppError `unavailable` when it does not come to rest
 */
export async function bringCatalogue(
  apartments: Pick<ApartmentRepository, 'list' | 'commit'>,
  source: CatalogueSource,
  trace?: CatalogueTrace,
): Promise<Brought> {
  const own = new Map<number, Outcome>();
  const deactivated = new Map<string, Apartment>();
  const note = ({ changes }: Portion) => {
    for (const { before, after, decisions } of changes) {
      for (const { position, outcome } of decisions) own.set(position, outcome);
      if (decisions.length === 0 && before !== null && after?.activo === false) deactivated.set(before.id, before);
    }
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 10 * 2 ** round));
    const catalogue = await apartments.list();
    // After the catalogue: whatever of ours shows in it shows in the trace too.
    const settled = trace === undefined ? own : await trace.settled();
    const plan = planCatalogue(source, catalogue, settled);
    try {
      await apartments.commit(plan.changes, trace?.beside, note);
    } catch (thrown) {
      if (!(thrown instanceof CatalogueMoved)) throw thrown;
      continue;
    }
    const outcomes = new Map([
      ...settled,
      ...plan.decisions.map(({ position, outcome }) => [position, outcome] as const),
    ]);
    return {
      outcomes: source.apartments.map((_, position) => outcomes.get(position) ?? 'sin_cambios'),
      deactivated: [...deactivated.values()],
    };
  }
  throw new AppError('unavailable', 'El catálogo está cambiando a la vez desde otro sitio. Vuelve a intentarlo.', {
    retryAfter: 2,
  });
}
