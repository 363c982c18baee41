import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { APARTMENTS_TEMPLATE_FILE, apartmentsTemplate } from '../../infra/workbooks/apartments-template.ts';
import { mapApartmentColumns } from '../../shared/domain/apartment/apartments-sheet-columns.ts';
import { readWorkbook } from '../../shared/platform/spreadsheet/workbook.ts';

const sheets = async (bytes: Uint8Array) => [
  await readWorkbook(bytes),
  await readWorkbook(bytes, { sheet: { name: 'Instrucciones' } }),
];

it('the committed template is the one that is written today (npm run workbooks writes it)', async () => {
  expect(await sheets(await readFile(APARTMENTS_TEMPLATE_FILE))).toEqual(await sheets(await apartmentsTemplate()));
});

it('its columns are found without configuration, A is the id of the PMS, and there is no row to be imported', async () => {
  const { rows } = await readWorkbook(await apartmentsTemplate());
  expect(rows).toHaveLength(1);
  const { map, missing } = mapApartmentColumns(rows[0], undefined);
  expect(missing).toEqual([]);
  expect(Object.fromEntries(map)).toEqual({ id_externo: [1], nombre: [2], direccion: [3], ciudad: [4] });
});
