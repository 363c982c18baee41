import type { Finding } from '../../../shared/domain/booking-import/import-row.ts';
import { labelMatcher } from '../../../shared/domain/booking-import/property-labels.ts';
import { filledRows, labelsIn, type ReadRows, readRows } from '../../../shared/domain/booking-import/read-rows.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import type { ImportCall } from './accept-import.ts';
import { addMissingProperties } from './add-missing-properties.ts';
import { type ImportDeps, invalidField } from './import-deps.ts';
import { readSheet } from './read-sheet.ts';

/** Data rows of one file (S16). */
const MOST_ROWS = 5_000;

/** The rows of a file, with every property of the company, deleted ones too. */
export interface FileRows {
  readonly read: ReadRows;
  readonly properties: readonly Property[];
}

/** @throws AppError `invalid` at `file` or `property_id` */
export async function readFileRows(deps: ImportDeps, owner: Company, { upload, body }: ImportCall): Promise<FileRows> {
  const byLabel = body.match_properties === true;
  const known = await deps.properties.listAll();
  const property = byLabel
    ? undefined
    : known.find(({ id, deleted_at }) => id === body.property_id && deleted_at === null);
  if (!byLabel && property === undefined) throw invalidField('property_id', 'There is no such property.');
  const sheet = await readSheet(upload, { sheetName: body.sheet_name, byLabel });
  const { columns, dateSystem } = sheet;
  const rows = filledRows(columns, sheet.body);
  // Before anything is added for the sake of a file that is not taken.
  refuseCount(rows.length);
  const live = known.filter(({ deleted_at }) => deleted_at === null);
  const added = byLabel ? await addMissingProperties(deps, live, labelsIn(columns, rows)) : [];
  const read = readRows(
    {
      empresaId: deps.actor.empresaId,
      columns,
      dateSystem,
      companyZone: owner.zona_horaria,
      retentionMonths: owner.retencion_meses,
      nowSeconds: Math.floor(deps.now.getTime() / 1000),
      property,
      match: labelMatcher([...live, ...added]),
    },
    rows,
  );
  return {
    read: { ...read, warnings: [...read.warnings, ...additionWarnings(read, added)] },
    properties: [...known, ...added],
  };
}

function refuseCount(count: number): void {
  if (count === 0) throw invalidField('file', 'The file has no rows under its header.');
  if (count <= MOST_ROWS) return;
  throw invalidField('file', `The file has ${count} rows; an import takes ${MOST_ROWS}. Split it into several.`);
}

function additionWarnings(read: ReadRows, added: readonly Property[]): readonly Finding[] {
  return added.map(({ id, name }) => ({
    row_number: read.rows.find(({ property_id }) => property_id === id)?.row_number ?? 0,
    field: 'property_label',
    message: `The property “${name}” was not there and has been added.`,
  }));
}
