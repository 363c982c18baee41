import { describe, expect, it } from 'vitest';
import { toArrivalView } from '../../../shared/domain/arrival/arrival-view.ts';
import { parseArrivalsSheet } from '../../../shared/domain/arrival/arrivals-sheet.ts';
import { uploadedArrivals } from '../../../shared/domain/arrival/uploaded-arrivals.ts';
import type { Row } from '../../../shared/platform/spreadsheet/cell.ts';
import { anApartment, aRow, day, NO_COLUMNS, number, text, time } from './given.ts';

/** The daily arrivals of `stay-sidekick.md` §9.1: 11 rows, 64 columns, two owner stays without phone and hour. */
const HOURS = ['16:00', '22:00', '15:30', '21:00', null, '17:00', '15:00', '20:00', '19:59', null, '18:30'];

const sheet: Row[] = [
  aRow(1, {
    C: text('Fecha entrada real'),
    D: text('Fecha salida real'),
    O: text('Contacto'),
    S: text('Referencia'),
    AV: text('Llegada prevista'),
    BJ: text('Tipologías'),
    BL: text('Observaciones'),
  }),
  ...HOURS.map((hour, index) =>
    aRow(index + 2, {
      C: day('2026-06-03'),
      D: day('2026-06-06'),
      S: text(`Huésped ${index + 1}`),
      BJ: text(`{${index === 1 ? 135 : 200 + index}}`),
      ...(hour === null ? {} : { O: number(666_111_444 + index), AV: time(hour) }),
    }),
  ),
];
const columns = { col_nombre: 'S', col_checkin: 'C', col_hora_llegada: 'AV', col_telefono: 'O', col_apartamento: 'BJ' };
const catalogue = [anApartment({ id_pms: '135', nombre: 'Atlántico Azul' })];
const upload = (cutoff: string) => uploadedArrivals(parseArrivalsSheet(sheet, columns), { cutoff, catalogue });
const hours = (arrivals: ReturnType<typeof upload>['checkins']) =>
  arrivals.map(({ reservation }) => reservation.arrival_time);

describe('the sample of daily arrivals', () => {
  it('has three late ones at 20:00, in the order of the file', () => {
    const { checkins, desconocidas, warnings } = upload('20:00');
    expect(hours(checkins)).toEqual(['22:00', '21:00', '20:00']);
    expect(hours(desconocidas)).toEqual([null, null]);
    expect(warnings).toEqual([]);
    expect(checkins.map(toArrivalView)[0]).toEqual({
      nombre: 'Huésped 2',
      apartamento: 'Atlántico Azul',
      email: null,
      telefono: '666111445',
      checkin: '2026-06-03',
      checkout: null,
      hora_llegada: '22:00',
      direccion: 'Plaza de Gadir, 111',
      tardio: true,
      estado_llegada: 'tardia',
    });
  });

  it('has nine at 15:00', () => {
    expect(upload('15:00').checkins).toHaveLength(9);
  });

  it('gives no row and one warning when no column is configured', () => {
    const answer = uploadedArrivals(parseArrivalsSheet(sheet, NO_COLUMNS), { cutoff: '20:00', catalogue });
    expect(answer.checkins).toEqual([]);
    expect(answer.desconocidas).toEqual([]);
    expect(answer.warnings).toHaveLength(1);
    expect(answer.warnings[0]).toContain('nombre del huésped');
  });
});

describe('an upload', () => {
  it('keeps rows of any date, and the same row twice', () => {
    const rows = [aRow(1, { A: text('Nombre'), B: text('Hora'), C: text('Entrada') })];
    for (const [index, date] of ['2020-01-01', '2026-06-03', '2026-06-03', null].entries()) {
      rows.push(aRow(index + 2, { A: text('Ana'), B: time('23:00'), ...(date === null ? {} : { C: day(date) }) }));
    }
    const { checkins } = uploadedArrivals(parseArrivalsSheet(rows, NO_COLUMNS), { cutoff: '20:00', catalogue: [] });
    expect(checkins.map(({ reservation }) => reservation.check_in)).toEqual([
      '2020-01-01',
      '2026-06-03',
      '2026-06-03',
      null,
    ]);
  });

  it('passes on the warnings of its rows', () => {
    const rows = [aRow(1, { A: text('Nombre'), B: text('Hora') }), aRow(2, { A: text('Ana'), B: text('25:99') })];
    const answer = uploadedArrivals(parseArrivalsSheet(rows, NO_COLUMNS), { cutoff: '20:00', catalogue: [] });
    expect(answer.checkins).toEqual([]);
    expect(answer.desconocidas).toHaveLength(1);
    expect(answer.warnings).toEqual([expect.stringContaining('«25:99»')]);
  });
});
