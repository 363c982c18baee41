/** Sizes of the picture, in its own units; a page prints it at whatever width it has. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  /** Width and height of one day. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Where the first week begins. */
  readonly top: number;
  /** Left edge of each panel of seven days. */
  readonly panels: readonly number[];
  /** Left edge of the sums at the end of each week. */
  readonly sums: number;
  /** Where the legend begins. */
  readonly legend: number;
  /** Day and number side by side instead of one above the other, so that a year fits on a page. */
  readonly compact: boolean;
}

export const MARGIN = 24;
const LABELS = 64;
const GAP = 28;
const SUMS = 160;
const CELL_WIDTH = 46;
const HEADER = 150;
const LEGEND = 128;
/** More weeks than these are drawn compactly: a year then keeps the proportions of an A4 page. */
const ROOMY_WEEKS = 18;
const DAYS_OF_WEEK = 7;

export function layoutOf(weeks: number, panelCount: number): PictureLayout {
  const compact = weeks > ROOMY_WEEKS;
  const cellHeight = compact ? 21 : 42;
  const panelWidth = DAYS_OF_WEEK * CELL_WIDTH;
  const panels = Array.from({ length: panelCount }, (_, panel) => MARGIN + LABELS + panel * (panelWidth + GAP));
  const sums = MARGIN + LABELS + panelCount * (panelWidth + GAP);
  const legend = HEADER + weeks * cellHeight + GAP;
  return {
    width: sums + SUMS + MARGIN,
    height: legend + LEGEND,
    cellWidth: CELL_WIDTH,
    cellHeight,
    top: HEADER,
    panels,
    sums,
    legend,
    compact,
  };
}
