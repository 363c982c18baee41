import { describe, expect, it } from 'vitest';
import { heatmapDays } from '../../../shared/domain/heatmap/heatmap-days.ts';
import { heatmapPicture } from '../../../shared/domain/heatmap/heatmap-picture.ts';
import { ARRIVALS_PALETTE, DEPARTURES_PALETTE } from '../../../shared/domain/heatmap/picture-palette.ts';
import { parseXml } from '../../support/parse-xml.ts';

const range = { desde: '2026-05-01', hasta: '2026-05-31' };
const thresholds = { nivel1: 10, nivel2: 20, nivel3: 30 };

function picture(checkouts: Record<string, number> = {}, company = 'Casas del Mar'): string {
  const checkins = new Map([
    ['2026-04-30', 99],
    ['2026-05-01', 12],
    ['2026-05-02', 31],
  ]);
  const movements = { checkins, checkouts: new Map(Object.entries(checkouts)) };
  const days = heatmapDays(range, movements, { minutos_checkin: 30, minutos_checkout: 45 });
  return heatmapPicture({ company, source: 'PMS', range, days, thresholds });
}

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the picture', () => {
  it('is well-formed, whatever the company is called', () => {
    const svg = picture({}, '<Sol> & "Mar" \u0000\u001b');
    expect(parseXml(svg)).toBe('svg');
    expect(svg).toContain('&lt;Sol&gt; &amp; &quot;Mar&quot;');
  });

  it('tells the totals of the range alone, the work included', () => {
    expect(picture()).toContain('Total: 43 entradas · 21 h 30 de trabajo');
    expect(picture({ '2026-05-03': 1 })).toContain('Total: 43 entradas · 1 salida · ');
    expect(picture({ '2026-05-03': 4 })).toContain('Total: 43 entradas · 4 salidas · 24 h 30 de trabajo');
  });

  it('writes every count and fills it by its level; days outside are hatched and without a level', () => {
    const svg = picture();
    expect(svg).toMatch(new RegExp(`2026-05-01: entradas 12</title><rect[^>]*fill="${ARRIVALS_PALETTE[50].fill}"`));
    expect(svg).toMatch(new RegExp(`2026-05-02: entradas 31</title><rect[^>]*fill="${ARRIVALS_PALETTE[100].fill}"`));
    expect(svg).toMatch(/2026-04-30: entradas 99 \(fuera del periodo\)<\/title><rect[^>]*fill="url\(#fuera\)"/);
  });

  it('shows departures when there are any, each half with its legend', () => {
    for (const [svg, halves] of [
      [picture(), 1],
      [picture({ '2026-05-03': 4 }), 2],
    ] as const) {
      expect(svg.match(/>11–20</g)).toHaveLength(halves);
      expect(svg.includes('>Salidas<')).toBe(halves === 2);
    }
  });

  it('is readable without colours: inks stand out, and more is darker', () => {
    for (const palette of [ARRIVALS_PALETTE, DEPARTURES_PALETTE]) {
      const tones = ([0, 25, 50, 75, 100] as const).map((level) => palette[level]);
      const contrasts = tones.map(({ fill, ink }) => {
        const [dark = 0, light = 0] = [luminance(fill), luminance(ink)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
      });
      expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
      const steps = tones.map(({ fill }) => luminance(fill));
      expect(steps).toEqual([...steps].sort((a, b) => b - a));
    }
  });
});
