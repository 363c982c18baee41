import { dailyArrivalsWorkbook } from '../../infra/local/demo/daily-arrivals-workbook.ts';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { aPhoto } from './pictures.ts';

let drawn = 0;
/** Another number each time. */
export function unique(): number {
  drawn += 1;
  return drawn;
}

const SAMPLES: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'apartamentos.xlsx': () =>
    sheetWorkbook([
      ['id', 'nombre'],
      [String(200 + unique()), 'Torre Tavira'],
    ]),
  'checkins.xlsx': dailyArrivalsWorkbook,
  'heatmap.xlsx': dailyArrivalsWorkbook,
  'contactos.xlsx': () =>
    sheetWorkbook([
      ['Entrada', 'Huésped', 'Tipología', 'Móvil'],
      ['10/06/2026', 'Ana García', '4', '+34612345678'],
    ]),
  'reservas.xlsx': () =>
    sheetWorkbook(
      [
        ['Confirmation code', 'Status', 'Guest name', 'Booking source', 'Start date', 'End date'],
        [`HM${unique()}`, 'Confirmed', 'Luis Pérez', 'Airbnb', new Date('2026-10-01'), new Date('2026-10-04')],
      ],
      { sheetName: 'Cleaning schedule', formats: { E: 'yyyy-mm-dd', F: 'yyyy-mm-dd' } },
    ),
  'kitchen.jpg': () => aPhoto(),
};

/** A file that examples name. */
export async function sampleFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const sample = SAMPLES[name];
  if (sample === undefined) {
    throw new Error(`SAMPLES in test/support/sample-files.ts has no ${name}: add one.`);
  }
  return new Uint8Array(await sample());
}

/** A form of fields, of which some are files by the names of their samples. */
export async function sampleForm(
  fields: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>>,
): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  for (const [field, name] of Object.entries(files)) form.set(field, new File([await sampleFile(name)], name));
  return form;
}
