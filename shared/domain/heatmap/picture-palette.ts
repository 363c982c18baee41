import type { HeatmapLevel } from './heatmap-settings.ts';

/** Colours of one level: what fills its cell, and what is written on it. */
interface Tone {
  readonly fill: string;
  readonly ink: string;
}

export type Palette = Readonly<Record<HeatmapLevel, Tone>>;

const DARK = '#14202b';
const LIGHT = '#ffffff';

/**
 * Blues for arrivals and oranges for departures, after ColorBrewer's sequential scales: told apart with every common
 * form of colour blindness, and lighter is fewer on a black-and-white printer too. Each ink stands at least 4.5:1
 * against its fill (WCAG 2.2, 1.4.3). The number is written in every cell, so that no reader depends on colour.
 */
export const ARRIVALS_PALETTE: Palette = {
  0: { fill: '#ffffff', ink: '#5b6670' },
  25: { fill: '#d3e3f3', ink: DARK },
  50: { fill: '#7fb3dc', ink: DARK },
  75: { fill: '#2369ad', ink: LIGHT },
  100: { fill: '#082f66', ink: LIGHT },
};

export const DEPARTURES_PALETTE: Palette = {
  0: { fill: '#ffffff', ink: '#5b6670' },
  25: { fill: '#fde2c8', ink: DARK },
  50: { fill: '#fba45c', ink: DARK },
  75: { fill: '#bd4a06', ink: LIGHT },
  100: { fill: '#6e2604', ink: LIGHT },
};
