import { readDateColumn } from '../../shared/domain/heatmap/date-column.ts';
import { heatmapDays, totalsOf } from '../../shared/domain/heatmap/heatmap-days.ts';
import { openWorkbook } from '../../shared/platform/spreadsheet/workbook.ts';
import { rawWorkbook } from '../support/workbooks/raw-workbook.ts';
import type { Bench } from './figure.ts';

const ROWS = 50_000;
const RUNS = 3;

/** Seconds from a 50,000-row file in memory to its heat map, the median of the runs. */
async function secondsOfHeatmap(): Promise<number> {
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const row = at + 1;
    return `<row r="${row}"><c r="A${row}"><v>${row}</v></c><c r="C${row}" s="1"><v>${46_023 + (row % 365)}</v></c></row>`;
  });
  const bytes = rawWorkbook({ rows: rows.join(''), strings: '', formats: ['dd/mm/yyyy'] });
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const workbook = await openWorkbook(bytes);
    const { counts } = await readDateColumn(workbook.readRows(), 2, workbook.dateSystem);
    const range = { desde: '2026-01-01', hasta: '2026-12-31' };
    const days = heatmapDays(range, { checkins: counts, checkouts: new Map() });
    seconds.push((performance.now() - start) / 1000);
    if (totalsOf(days).checkins !== ROWS - 1) throw new Error('rows were lost');
  }
  return seconds.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

export const heatmapBench: Bench = {
  topic: 'heatmap',
  async measure() {
    const value = Number((await secondsOfHeatmap()).toFixed(2));
    return [{ name: 'heat map of 50,000 rows', value, unit: 's', target: '<= 1.5' }];
  },
};
