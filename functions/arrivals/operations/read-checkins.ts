import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { messageFor } from '../../../shared/domain/arrival/arrival-message.ts';
import { toArrivalView } from '../../../shared/domain/arrival/arrival-view.ts';
import type { Arrival } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { parseArrivalsSheet } from '../../../shared/domain/arrival/arrivals-sheet.ts';
import { serviceDateOf } from '../../../shared/domain/arrival/service-day.ts';
import { type UploadedArrivals, uploadedArrivals } from '../../../shared/domain/arrival/uploaded-arrivals.ts';
import type { CompanyAtWork } from '../../../shared/domain/company/company.repository.ts';
import type { Template } from '../../../shared/domain/template/template.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';

interface Deps {
  readonly company: { findAtWork(): Promise<CompanyAtWork | undefined> };
  readonly apartments: { list(): Promise<readonly Apartment[]> };
  readonly templates: { findLateCheckin(): Promise<Template | undefined> };
  readonly now: Date;
}

/**
 * What an uploaded workbook says of late and unknown arrivals (`stay-sidekick.md` §4.8). Nothing is stored, and a file
 * that cannot be read is an answer without arrivals that says why.
 */
export async function readCheckins({ company, apartments, templates, now }: Deps, file: UploadedFile) {
  const [atWork, catalogue, template] = await Promise.all([
    company.findAtWork(),
    apartments.list(),
    templates.findLateCheckin(),
  ]);
  if (atWork === undefined) throw new AppError('not_found', 'Tu empresa ya no existe.');
  const found = await arrivalsIn(file, atWork, catalogue, now);
  const context = {
    template: template?.contenido ?? null,
    today: serviceDateOf(now, atWork.company.zona_horaria),
    companyName: atWork.company.nombre,
  };
  const shown = (arrival: Arrival) => ({ ...toArrivalView(arrival), mensaje: messageFor(arrival, context) });
  return ok({
    checkins: found.checkins.map(shown),
    desconocidas: found.desconocidas.map(shown),
    ...(found.warnings.length > 0 && { warnings: [...found.warnings] }),
  });
}

async function arrivalsIn(
  { bytes }: UploadedFile,
  { lateCheckin }: CompanyAtWork,
  catalogue: readonly Apartment[],
  now: Date,
): Promise<UploadedArrivals> {
  try {
    const { rows, dateSystem } = await readWorkbook(bytes);
    const sheet = parseArrivalsSheet(rows, lateCheckin, { dateSystem, observedAt: now.toISOString() });
    return uploadedArrivals(sheet, { cutoff: lateCheckin.hora_corte, catalogue });
  } catch (thrown) {
    if (!(thrown instanceof SpreadsheetError)) throw thrown;
    return { checkins: [], desconocidas: [], warnings: [thrown.message] };
  }
}
