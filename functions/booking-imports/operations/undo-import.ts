import type { ImportAnswer } from '../schemas.ts';
import { foundImport, type ImportDeps, invalidField } from './import-deps.ts';
import { showImport } from './show-import.ts';

/**
 * Has a whole import undone by the worker. Asked for again, it goes on or stays done.
 * @throws AppError `not_found`; `invalid` while the import is being applied
 */
export async function undoImport(deps: ImportDeps, id: string): Promise<ImportAnswer> {
  const entry = await foundImport(deps, id);
  if (entry.status === 'processing') {
    throw invalidField('non_field_errors', 'The import is still being applied. Undo it once it has ended.');
  }
  if (entry.undo === null) {
    const undo = { status: 'processing', deleted: 0, restored: 0, kept: [] } as const;
    const fact = { accion: 'reservas.deshacer_importacion', entidad: 'importacion', entidad_id: id, cambios: {} };
    const moved = { undo: { ...undo, kept: [] }, version: entry.version + 1 };
    await deps.commit([deps.imports.moving(entry, moved)], { fact, work: { ...entry, ...moved } });
  }
  return showImport(deps, id);
}
