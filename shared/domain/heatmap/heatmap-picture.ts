import { type HeatmapDay, type HeatmapTotals, totalsOf } from './heatmap-days.ts';
import type { HeatmapRange } from './heatmap-range.ts';
import type { HeatmapLevel, HeatmapThresholds } from './heatmap-settings.ts';
import {
  ARRIVALS_PANEL,
  DEPARTURES_PANEL,
  MONTHS,
  monthLabels,
  type Panel,
  panelDays,
  panelHead,
} from './picture-cells.ts';
import { layoutOf, MARGIN, type PictureLayout } from './picture-layout.ts';
import { element, textAt, xmlText } from './svg.ts';

export interface PictureContent {
  readonly company: string;
  /** Where the numbers come from, e.g. `PMS`. */
  readonly source: string;
  readonly range: HeatmapRange;
  readonly days: readonly HeatmapDay[];
  readonly thresholds: HeatmapThresholds;
}

const DAYS_OF_WEEK = 7;
const MUTED = '#5b6670';
const LEVELS: readonly HeatmapLevel[] = [0, 25, 50, 75, 100];
const SWATCH = 26;
const SWATCH_STEP = 84;

/** Hatching of the days that only fill a week. */
const DEFINITIONS =
  '<defs><pattern id="fuera" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#dde2e6" stroke-width="2"/></pattern></defs>';

/**
 * The heat map as an SVG document (SVG 1.1) for screens and printers: a panel of weeks for arrivals and one for
 * departures, left out where nobody departs as the client does (`stay-sidekick.md` §6.1), sums by week and in all, and
 * a legend. It holds no script, no link and no font of its own.
 */
export function heatmapPicture(content: PictureContent): string {
  const { company, range, days } = content;
  const totals = totalsOf(days);
  const panels = totals.checkouts > 0 ? [ARRIVALS_PANEL, DEPARTURES_PANEL] : [ARRIVALS_PANEL];
  const layout = layoutOf(days.length / DAYS_OF_WEEK, panels.length);
  const { width, height } = layout;
  const parts = [
    `<title>Mapa de calor de ${xmlText(company)}, ${spokenRange(range)}</title>`,
    `<desc>${xmlText(totalsText(totals, panels))}</desc>`,
    DEFINITIONS,
    element('rect', { width, height, fill: '#ffffff' }),
    heading(content, totals, panels),
    monthLabels(days, layout),
    ...panels.map((panel, at) => {
      const left = layout.panels[at] ?? 0;
      return panelHead(panel, left, layout) + panelDays(panel, left, { ...content, layout });
    }),
    weekSums(days, panels, layout),
    ...panels.map((panel, row) => legendRow(panel, content.thresholds, { y: layout.legend + row * 36 })),
    footnote(layout, panels.length),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    role: 'img',
    lang: 'es',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    'font-size': 12,
    fill: '#14202b',
  };
  return `${element('svg', root, parts.join('\n'))}\n`;
}

function heading({ company, source, range }: PictureContent, totals: HeatmapTotals, panels: readonly Panel[]): string {
  return [
    textAt(MARGIN, 38, `Mapa de calor · ${company}`, { 'font-size': 20, 'font-weight': 700 }),
    textAt(MARGIN, 60, `${spokenRange(range)} · ${source}`, { 'font-size': 14, fill: MUTED }),
    textAt(MARGIN, 82, totalsText(totals, panels), { 'font-size': 14 }),
  ].join('');
}

function totalsText({ checkins, checkouts, minutos }: HeatmapTotals, panels: readonly Panel[]): string {
  const departures = panels.length > 1 ? ` · ${counted(checkouts, 'salida')}` : '';
  const work = minutos === undefined ? '' : ` · ${hours(minutos)} de trabajo`;
  return `Total: ${counted(checkins, 'entrada')}${departures}${work}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Arrivals, departures and work of each week: of the days of the range alone, as the totals. */
function weekSums(days: readonly HeatmapDay[], panels: readonly Panel[], layout: PictureLayout): string {
  const { sums, top, cellHeight } = layout;
  const timed = days.some(({ minutos }) => minutos !== undefined);
  const columns = [...panels.map(({ title }) => title.slice(0, 3)), ...(timed ? ['Trab.'] : [])];
  // Hours are the widest and come last.
  const right = (column: number) => sums + 34 + column * 44 + (column === panels.length ? 30 : 0);
  const head = columns.map((name, column) =>
    textAt(right(column), top - 10, name, { 'text-anchor': 'end', fill: MUTED }),
  );
  const rows = Array.from({ length: days.length / DAYS_OF_WEEK }, (_, week) => {
    const own = totalsOf(days.slice(week * DAYS_OF_WEEK, (week + 1) * DAYS_OF_WEEK));
    const counts = [own.checkins, own.checkouts].slice(0, panels.length).map(String);
    const values = [...counts, ...(timed ? [hours(own.minutos ?? 0)] : [])];
    const y = top + week * cellHeight + cellHeight / 2 + 5;
    return values.map((value, column) => textAt(right(column), y, value, { 'text-anchor': 'end' })).join('');
  });
  const title = textAt(sums, top - 32, 'Por semana', { 'font-weight': 600, 'font-size': 16 });
  return [title, ...head, ...rows].join('');
}

function legendRow({ title, palette }: Panel, thresholds: HeatmapThresholds, { y }: { y: number }): string {
  const swatches = LEVELS.map((level, at) => {
    const x = MARGIN + 88 + at * SWATCH_STEP;
    const box = { x, y, width: SWATCH, height: SWATCH - 6, rx: 3, fill: palette[level].fill, stroke: '#9aa5ae' };
    return element('rect', box) + textAt(x + SWATCH + 6, y + 15, countsOf(level, thresholds));
  });
  return textAt(MARGIN, y + 15, title, { 'font-weight': 600 }) + swatches.join('');
}

function countsOf(level: HeatmapLevel, { nivel1, nivel2, nivel3 }: HeatmapThresholds): string {
  const span = (from: number, to: number) => (from === to ? String(to) : `${from}–${to}`);
  switch (level) {
    case 0:
      return '0';
    case 25:
      return span(1, nivel1);
    case 50:
      return span(nivel1 + 1, nivel2);
    case 75:
      return span(nivel2 + 1, nivel3);
    default:
      return `> ${nivel3}`;
  }
}

function footnote({ legend }: PictureLayout, panelCount: number): string {
  const y = legend + panelCount * 36 + 4;
  const box = { x: MARGIN, y, width: SWATCH, height: SWATCH - 6, rx: 3, fill: 'url(#fuera)', stroke: '#c3cad0' };
  return (
    element('rect', box) +
    textAt(MARGIN + SWATCH + 6, y + 15, 'Día fuera del periodo: no suma en los totales', { fill: MUTED })
  );
}

/** @example hours(135) // '2 h 15' */
function hours(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}`}`;
}

/** @example spokenRange({ desde: '2026-05-01', hasta: '2026-05-31' }) // '1 may 2026 – 31 may 2026' */
function spokenRange({ desde, hasta }: HeatmapRange): string {
  const spoken = (date: string) =>
    `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(0, 4))}`;
  return desde === hasta ? spoken(desde) : `${spoken(desde)} – ${spoken(hasta)}`;
}
