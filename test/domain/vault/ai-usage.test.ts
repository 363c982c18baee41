import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_USAGE, reserve, type UsageWindow, usageOf } from '../../../shared/domain/vault/ai-usage.ts';
import { addDays } from '../../../shared/platform/calendar/calendar-date.ts';

const today = '2026-06-03';
const now = new Date('2026-06-03T10:00:00Z');
const limits = { daily: 100, weekly: 500 };

const windowOf = (dias: Record<string, number>, reservas: UsageWindow['reservas'] = {}): UsageWindow => ({
  dias,
  reservas,
  version: 7,
});
const place = (fecha: string, seconds: number) => ({ fecha, hasta: now.getTime() + seconds * 1_000 });

describe('a place in the allowance', () => {
  it('is taken for a minute, beside those that are taken already', () => {
    const outcome = reserve(windowOf({ [today]: 3 }, { a: place(today, 10) }), 'b', limits, { today, now });
    const reservas = { a: place(today, 10), b: place(today, 60) };
    expect(outcome).toEqual({ kind: 'reserved', window: { dias: { [today]: 3 }, reservas, version: 8 } });
  });

  it('is refused by day, calls under way included, and there is room again tomorrow', () => {
    const seen = windowOf({ [today]: 98 }, { a: place(today, 10), b: place(today, 10) });
    expect(reserve(seen, 'c', limits, { today, now })).toEqual({ kind: 'full', limit: 'diario', until: '2026-06-04' });
  });

  it('is refused by week until enough days have fallen out of sight', () => {
    const seen = windowOf({ '2026-05-28': 40, '2026-05-30': 100, '2026-06-01': 360 });
    expect(reserve(seen, 'a', limits, { today, now })).toEqual({ kind: 'full', limit: 'semanal', until: '2026-06-04' });
    const later = windowOf({ '2026-05-30': 500 });
    expect(reserve(later, 'a', limits, { today, now })).toMatchObject({ until: '2026-06-06' });
  });

  it('of a call that has died is free again, and so are days out of sight', () => {
    const seen = windowOf({ '2026-05-27': 500, [today]: 99 }, { dead: place(today, 0) });
    const outcome = reserve(seen, 'a', limits, { today, now });
    expect(outcome).toMatchObject({ kind: 'reserved', window: { dias: { [today]: 99 }, reservas: { a: {} } } });
  });

  it('never lets more calls through than the limits say, whatever stands there', () => {
    const anyWindow = fc.record({
      dias: fc.dictionary(
        fc.integer({ min: -9, max: 1 }).map((days) => addDays(today, days)),
        fc.nat(8),
      ),
      limits: fc.record({ daily: fc.nat(6), weekly: fc.nat(20) }),
    });
    void fc.assert(
      fc.property(anyWindow, ({ dias, limits: drawn }) => {
        let window = windowOf(dias);
        const before = usageOf(window, today);
        let taken = 0;
        for (let id = 0; id < 30; id += 1) {
          const outcome = reserve(window, String(id), drawn, { today, now });
          if (outcome.kind === 'full') break;
          taken += 1;
          window = outcome.window;
        }
        const room = Math.min(drawn.daily - before.uso_hoy, drawn.weekly - before.uso_semana);
        expect(taken).toBe(Math.max(0, room));
      }),
    );
  });
});

it('what the panel shows is what was successful, today and in seven days', () => {
  expect(usageOf(NO_USAGE, today)).toEqual({ uso_hoy: 0, uso_semana: 0 });
  const seen = windowOf({ '2026-05-27': 1, '2026-05-28': 2, [today]: 4, '2026-06-04': 8 }, { a: place(today, 10) });
  expect(usageOf(seen, today)).toEqual({ uso_hoy: 4, uso_semana: 6 });
});
