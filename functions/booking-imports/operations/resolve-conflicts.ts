import { BookingRefused } from '../../../shared/domain/booking/booking-writer.repository.ts';
import type { ConflictPage } from '../../../shared/domain/booking-import/booking-import.repository.ts';
import type { BookingImport } from '../../../shared/domain/booking-import/booking-import.ts';
import { endOf } from '../../../shared/domain/booking-import/booking-import.ts';
import type { StoredConflict } from '../../../shared/domain/booking-import/import-conflict.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Resolution } from '../schemas.ts';
import { foundImport, type ImportDeps, invalidField } from './import-deps.ts';
import { createFromRow, ResolutionRefused, updateExisting } from './resolve-booking.ts';

/** What the resolutions of one call have done. */
interface Results {
  updated: number;
  created: number;
  skipped: number;
  readonly errors: { conflict_index: number; message: string }[];
}

const COUNTER = { updated: 'updated', created: 'created', skipped: 'skipped' } as const;
type Outcome = keyof typeof COUNTER;
const OUTCOMES = { update_existing: 'updated', create_new: 'created', skip: 'skipped' } as const;

/**
 * Settles conflicts, each in a transaction of its own with its audit entry, so that one that cannot be settled blocks no
 * other (C47, `aristay.md` §6.11).
 * @throws AppError `not_found`; `invalid` while the import is being applied or once it is undone
 */
export async function resolveConflicts(deps: ImportDeps, id: string, resolutions: readonly Resolution[]) {
  const entry = await foundImport(deps, id);
  if (entry.status === 'processing') {
    throw invalidField(
      'non_field_errors',
      'The import is still being applied. Resolve its conflicts once it has ended.',
    );
  }
  if (entry.undo !== null) throw invalidField('non_field_errors', 'The import was undone.');
  const results: Results = { updated: 0, created: 0, skipped: 0, errors: [] };
  for (const resolution of resolutions) {
    try {
      results[COUNTER[await resolveOne(deps, id, resolution)]] += 1;
    } catch (thrown) {
      const message = refusalOf(thrown);
      if (message === undefined) throw thrown;
      results.errors.push({ conflict_index: resolution.conflict_index, message });
    }
  }
  return { success: true as const, results };
}

function refusalOf(thrown: unknown): string | undefined {
  if (thrown instanceof ResolutionRefused) return thrown.message;
  if (thrown instanceof BookingRefused) return 'The property already has a booking with this code from this source.';
  if (thrown instanceof TransactionRefused)
    return 'Somebody else has just settled a conflict of this import. Try again.';
  return undefined;
}

async function resolveOne(deps: ImportDeps, id: string, resolution: Resolution): Promise<Outcome> {
  const entry = await foundImport(deps, id);
  const page = await pageOf(deps, entry, resolution.conflict_index);
  const conflict = page?.conflicts.find(({ conflict_index }) => conflict_index === resolution.conflict_index);
  if (page === undefined || conflict === undefined) throw new ResolutionRefused('The import has no such conflict.');
  if (conflict.resolution !== null) throw new ResolutionRefused('The conflict has been resolved already.');
  const outcome = OUTCOMES[resolution.action];
  const settled = await settling(deps, entry, page, { conflict, outcome });
  if (outcome === 'skipped') {
    await deps.commit(settled(0), { fact: factOf(entry, conflict, outcome) });
    return outcome;
  }
  const job = { entry, conflict, along: settled, trace: entry.changes };
  if (outcome === 'created') await createFromRow(deps, job);
  else await updateExisting(deps, { ...job, groups: resolution.apply_changes ?? ['guest_name', 'dates', 'status'] });
  return outcome;
}

async function pageOf({ imports }: ImportDeps, entry: BookingImport, index: number): Promise<ConflictPage | undefined> {
  for await (const page of imports.conflictPages(entry.import_id, index)) return page;
  return undefined;
}

/** The writes that note a conflict as settled, with the tasks that this made, and end the import with its last one. */
async function settling(
  { imports }: ImportDeps,
  entry: BookingImport,
  page: ConflictPage,
  { conflict, outcome }: { readonly conflict: StoredConflict; readonly outcome: Outcome },
): Promise<(tasksMade: number) => readonly Write[]> {
  const settled = { ...conflict, resolution: outcome };
  const conflicts = page.conflicts.map((each) => (each.conflict_index === settled.conflict_index ? settled : each));
  const to_review = entry.to_review - 1;
  const moved = {
    to_review,
    status: entry.status === 'failed' ? entry.status : endOf({ ...entry, to_review }),
    created: entry.created + (outcome === 'created' ? 1 : 0),
    skipped: entry.skipped + (outcome === 'skipped' ? 1 : 0),
    changes: entry.changes + 1,
  };
  const [rewritten, ...more] = await imports.pages(entry, 'CONFLICTS', conflicts, page.first);
  if (rewritten === undefined || more.length > 0) throw new AppError('internal', 'A page of conflicts has grown');
  return (tasksMade) => [
    imports.moving(entry, { ...moved, tasks_created: entry.tasks_created + tasksMade }),
    rewritten,
  ];
}

/** Names of guests stand in no audit entry (ruling 8): of a changed name, only that it changed and how. */
export function factOf(entry: BookingImport, conflict: StoredConflict, outcome: Outcome) {
  const guest = conflict.changes_summary.guest;
  return {
    accion: 'reservas.resolver_conflicto',
    entidad: 'importacion',
    entidad_id: entry.import_id,
    cambios: {
      conflicto: conflict.conflict_index,
      resultado: outcome,
      ...(guest !== undefined && { cambio_de_huesped: guest.change_type }),
    },
  };
}
