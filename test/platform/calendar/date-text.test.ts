import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDateText } from '../../../shared/platform/calendar/date-text.ts';

describe('readDateText', () => {
  it.each([
    ['2026-06-03', '2026-06-03'],
    ['2026-06-03T22:30:00Z', '2026-06-03'],
    ['2026-06-03 and more', '2026-06-03'],
    ['2026-6-3', '2026-06-03'],
    ['2026/06/03', '2026-06-03'],
    ['3.6.2026', '2026-06-03'],
    ['03.06.26', '2026-06-03'],
    ['3-6-2026', '2026-06-03'],
    ['03/06/2026', '2026-06-03'],
    ['3/6/2026', '2026-06-03'],
    ['13/06/2026', '2026-06-13'],
    ['06/13/2026', '2026-06-13'],
    ['01/05/26', '2026-05-01'],
    ['01/05/68', '2068-05-01'],
    ['01/05/69', '1969-05-01'],
    ['  03/06/2026 22:30 ', '2026-06-03'],
    ['29/02/2024', '2024-02-29'],
  ])('reads %s as %s', (text, date) => {
    expect(readDateText(text)).toBe(date);
  });

  it.each([
    '',
    'mañana',
    '3 de junio',
    '26-06-03',
    '03/06',
    '31/04/2026',
    '29/02/2026',
    '2026-02-30',
    '2026-13-01',
    '13/13/2026',
    '00/06/2026',
    '3/6/026',
    '2026-06-031',
    '03/06/20266',
    '20260603',
    '46176',
  ])('does not guess at %j', (text) => {
    expect(readDateText(text)).toBeNull();
  });

  it('reads every day back from each spelling that is unambiguous', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2068-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (instant) => {
        const iso = instant.toISOString().slice(0, 10);
        const [year, month, date] = iso.split('-');
        for (const text of [
          iso,
          `${year}/${month}/${date}`,
          `${date}.${month}.${year}`,
          `${date}-${month}-${year}`,
          `${date}/${month}/${year}`,
          `${date}/${month}/${year?.slice(2)}`,
        ]) {
          expect(readDateText(text)).toBe(iso);
        }
      }),
    );
  });
});
