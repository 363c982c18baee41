import { describe, expect, it } from 'vitest';
import { busyDays, heatmapDays, totalsOf } from '../../../shared/domain/heatmap/heatmap-days.ts';
import { gridOf, rangeOf } from '../../../shared/domain/heatmap/heatmap-range.ts';
import { levelOf } from '../../../shared/domain/heatmap/heatmap-settings.ts';
import { movementsOf } from '../../../shared/domain/heatmap/movements.ts';
import { createReservation, type ReservationFacts } from '../../../shared/domain/reservation/reservation.ts';

const MAY = { desde: '2026-05-01', hasta: '2026-05-31' };
const counts = (entries: Record<string, number>) => new Map(Object.entries(entries));
const NOBODY = { checkins: counts({}), checkouts: counts({}) };

describe('the grid', () => {
  it.each([
    ['2026-05-01', '2026-05-31', '2026-04-27', '2026-05-31', 35],
    ['2026-06-03', '2026-06-03', '2026-06-01', '2026-06-07', 7],
    ['2026-06-01', '2026-06-07', '2026-06-01', '2026-06-07', 7],
    ['2019-12-31', '2020-01-01', '2019-12-30', '2020-01-05', 7],
    ['2024-02-29', '2024-03-01', '2024-02-26', '2024-03-03', 7],
    ['1999-12-31', '2000-01-03', '1999-12-27', '2000-01-09', 14],
  ])('of %s to %s runs from Monday %s to Sunday %s', (desde, hasta, first, last, length) => {
    const grid = gridOf({ desde, hasta });
    expect([grid[0], grid.at(-1), grid.length]).toEqual([first, last, length]);
  });

  it('marks what only fills a week, and shows what happens there', () => {
    const checkins = counts({ '2026-04-30': 2, '2026-05-01': 3 });
    const days = heatmapDays(MAY, { ...NOBODY, checkins });
    expect(days.filter(({ mesAdyacente }) => mesAdyacente).map(({ fecha }) => fecha)).toEqual([
      '2026-04-27',
      '2026-04-28',
      '2026-04-29',
      '2026-04-30',
    ]);
    expect(days.slice(3, 5)).toEqual([
      { fecha: '2026-04-30', checkins: 2, checkouts: 0, mesAdyacente: true },
      { fecha: '2026-05-01', checkins: 3, checkouts: 0, mesAdyacente: false },
    ]);
    expect([totalsOf(days), busyDays(days)]).toEqual([{ checkins: 3, checkouts: 0 }, 2]);
  });

  it('tells the work of a day once its minutes are set', () => {
    const movements = { checkins: counts({ '2026-05-01': 3 }), checkouts: counts({ '2026-05-01': 2 }) };
    const days = heatmapDays(MAY, movements, { minutos_checkin: 30, minutos_checkout: 45 });
    expect(days.find(({ fecha }) => fecha === '2026-05-01')).toMatchObject({ minutos: 180 });
    expect(days.every(({ minutos }) => minutos !== undefined)).toBe(true);
    expect(totalsOf(days).minutos).toBe(180);
  });
});

describe('a range', () => {
  it.each([
    [undefined, '2026-05-01', 'desde', 'missing'],
    ['', undefined, 'desde', 'missing'],
    ['x', undefined, 'hasta', 'missing'],
    ['2026-02-30', 'x', 'desde', 'no_date'],
    ['2026-05-01', '01/05/2026', 'hasta', 'no_date'],
    ['2026-05-02', '2026-05-01', 'desde', 'reversed'],
    ['2026-01-01', '2027-01-02', 'hasta', 'too_long'],
    ['9999-12-31', '9999-12-31', 'hasta', 'out_of_calendar'],
  ])('%s to %s is refused for one reason at a time', (desde, hasta, field, problem) => {
    expect(rangeOf(desde, hasta)).toEqual({ field, problem });
  });

  it('may be a day or a whole leap year, past or to come', () => {
    for (const [desde, hasta] of [
      ['2026-05-01', '2026-05-01'],
      ['2024-01-01', '2024-12-31'],
      ['1999-01-01', '1999-12-31'],
    ] as const) {
      expect(rangeOf(desde, hasta)).toEqual({ desde, hasta });
    }
  });
});

it('levels change above their threshold, not on it', () => {
  const thresholds = { nivel1: 10, nivel2: 20, nivel3: 30 };
  const levels = [-1, 0, 1, 10, 11, 20, 21, 30, 31].map((count) => levelOf(count, thresholds));
  expect(levels).toEqual([0, 0, 25, 25, 50, 50, 75, 75, 100]);
});

describe('movements of reservations', () => {
  const stay = (facts: Partial<ReservationFacts>) =>
    createReservation({
      source: 'pms',
      id_externo: 'x',
      status: 'confirmed',
      check_in: '2026-05-02',
      check_out: '2026-05-04',
      ...facts,
    });
  const moved = (...stays: ReturnType<typeof stay>[]) => {
    const { checkins, checkouts } = movementsOf({ arriving: stays, departing: stays }, MAY);
    return [Object.fromEntries(checkins), Object.fromEntries(checkouts)];
  };

  it('are arrivals by check-in and departures by check-out, inside the range alone', () => {
    const stays = [
      stay({}),
      stay({ status: 'completed' }),
      stay({ check_in: '2026-04-30' }),
      stay({ check_out: null }),
    ];
    expect(moved(...stays)).toEqual([{ '2026-05-02': 3 }, { '2026-05-04': 3 }]);
  });

  it('leave out what brings nobody; an owner leaves without having arrived', () => {
    const statuses = ['cancelled', 'pending', 'no_show', 'blocked'] as const;
    expect(moved(...statuses.map((status) => stay({ status })))).toEqual([{}, {}]);
    expect(moved(stay({ status: 'blocked', source: 'booking' }))).toEqual([{}, { '2026-05-04': 1 }]);
  });
});
