import type { ApartmentRepository } from '../../../shared/domain/apartment/apartment.repository.ts';
import { skippedSentences } from '../../../shared/domain/apartment/apartments-sheet.ts';
import type { ApartmentColumns } from '../../../shared/domain/apartment/apartments-sheet-columns.ts';
import { type Outcome, planCatalogue } from '../../../shared/domain/apartment/catalogue-plan.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';
import { linesOf } from './import-lines.ts';
import { previewOf, readApartments } from './read-workbook.ts';
import { type SourceDeps, sourceOf } from './sheet-source.ts';

export interface PreviewDeps extends SourceDeps {
  readonly apartments: Pick<ApartmentRepository, 'list'>;
  readonly columns: () => Promise<ApartmentColumns | undefined>;
}

/** What the import of a workbook would do, by the very plan that it would carry out (D-29). Writes nothing. */
export async function previewImport(deps: PreviewDeps, empresaId: string, upload: UploadedFile) {
  const { sheet, huella } = await readApartments(upload, await deps.columns());
  const catalogue = await deps.apartments.list();
  const { decisions } = planCatalogue(sourceOf(deps, empresaId, sheet), catalogue);
  const rowsThat = (wanted: Outcome) =>
    decisions.flatMap(({ position, outcome, before }) => {
      const incoming = sheet.apartments[position]?.apartment;
      return outcome === wanted && incoming !== undefined
        ? [{ ...incoming, nombre_actual: before?.nombre ?? incoming.nombre }]
        : [];
    });
  return ok({
    preview: {
      nuevos: rowsThat('nuevo'),
      actualizados: rowsThat('actualizado'),
      sin_cambios: rowsThat('sin_cambios'),
      errores: [...sheet.failures, ...skippedSentences(sheet.skipped)],
    },
    importacion: {
      vista_previa: previewOf(huella, catalogue),
      filas: linesOf(
        sheet,
        decisions.map(({ outcome }) => outcome),
      ),
    },
  });
}
