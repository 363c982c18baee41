import type { HeatmapDay } from './heatmap-days.ts';
import { type HeatmapThresholds, levelOf } from './heatmap-settings.ts';
import { MARGIN, type PictureLayout } from './picture-layout.ts';
import { ARRIVALS_PALETTE, DEPARTURES_PALETTE, type Palette } from './picture-palette.ts';
import { element, textAt } from './svg.ts';

/** One of the two halves of the picture. */
export interface Panel {
  readonly title: string;
  readonly palette: Palette;
  count(day: HeatmapDay): number;
}

export const ARRIVALS_PANEL: Panel = {
  title: 'Entradas',
  palette: ARRIVALS_PALETTE,
  count: ({ checkins }) => checkins,
};
export const DEPARTURES_PANEL: Panel = {
  title: 'Salidas',
  palette: DEPARTURES_PALETTE,
  count: ({ checkouts }) => checkouts,
};

const WEEKDAYS = ['L', 'M', 'X', 'J', 'V', 'S', 'D'];
export const MONTHS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
const DAYS_OF_WEEK = 7;
const MUTED = '#5b6670';

/** Weekday letters above a panel, with its title. */
export function panelHead(panel: Panel, left: number, { cellWidth, top }: PictureLayout): string {
  const letters = WEEKDAYS.map((letter, day) =>
    textAt(left + day * cellWidth + cellWidth / 2, top - 10, letter, { 'text-anchor': 'middle', fill: MUTED }),
  );
  return [textAt(left, top - 32, panel.title, { 'font-weight': 600, 'font-size': 16 }), ...letters].join('');
}

/** All days of a panel, week below week. */
export function panelDays(
  panel: Panel,
  left: number,
  { days, thresholds, layout }: { days: readonly HeatmapDay[]; thresholds: HeatmapThresholds; layout: PictureLayout },
): string {
  const { cellWidth, cellHeight, top } = layout;
  return days
    .map((day, at) => {
      const x = left + (at % DAYS_OF_WEEK) * cellWidth;
      const y = top + Math.floor(at / DAYS_OF_WEEK) * cellHeight;
      return dayCell(day, panel, { x, y, thresholds, layout });
    })
    .join('');
}

interface CellPlace {
  readonly x: number;
  readonly y: number;
  readonly thresholds: HeatmapThresholds;
  readonly layout: PictureLayout;
}

/** A day of a neighbouring range is hatched and without its level, so that it is not read as one of this range. */
function dayCell(day: HeatmapDay, panel: Panel, { x, y, thresholds, layout }: CellPlace): string {
  const { cellWidth, cellHeight, compact } = layout;
  const count = panel.count(day);
  const { fill, ink } = panel.palette[levelOf(day.mesAdyacente ? 0 : count, thresholds)];
  const box = { x: x + 1, y: y + 1, width: cellWidth - 2, height: cellHeight - 2, rx: 3 };
  const shown = day.mesAdyacente ? { fill: 'url(#fuera)', stroke: '#c3cad0' } : { fill, stroke: '#9aa5ae' };
  const dayNumber = String(Number(day.fecha.slice(8)));
  const small = { 'font-size': compact ? 9 : 10, fill: day.mesAdyacente ? MUTED : ink };
  const size = count > 999 ? 13 : 18;
  const number = { 'font-size': compact ? 13 : size, 'font-weight': 600, fill: day.mesAdyacente ? MUTED : ink };
  const value = count === 0 ? '' : String(count);
  const label = compact
    ? textAt(x + 5, y + 14, dayNumber, small) +
      textAt(x + cellWidth - 6, y + 15, value, { ...number, 'text-anchor': 'end' })
    : textAt(x + 6, y + 14, dayNumber, small) +
      textAt(x + cellWidth / 2, y + 33, value, { ...number, 'text-anchor': 'middle' });
  const spoken = `<title>${day.fecha}: ${panel.title.toLowerCase()} ${count}${day.mesAdyacente ? ' (fuera del periodo)' : ''}</title>`;
  return element('g', {}, spoken + element('rect', { ...box, ...shown }) + label);
}

/** The month beside the first week in which a day of the range belongs to it (`stay-sidekick.md` §6.1). */
export function monthLabels(days: readonly HeatmapDay[], { cellHeight, top }: PictureLayout): string {
  const labels: string[] = [];
  let shown = '';
  for (let week = 0; week * DAYS_OF_WEEK < days.length; week += 1) {
    const own = days.slice(week * DAYS_OF_WEEK, (week + 1) * DAYS_OF_WEEK).filter(({ mesAdyacente }) => !mesAdyacente);
    const next = own.map(({ fecha }) => fecha.slice(0, 7)).find((month) => month > shown);
    if (next === undefined) continue;
    shown = next;
    const name = `${MONTHS[Number(next.slice(5)) - 1]} ${next.slice(2, 4)}`;
    labels.push(textAt(MARGIN, top + week * cellHeight + cellHeight / 2 + 5, name, { 'font-weight': 600 }));
  }
  return labels.join('');
}
