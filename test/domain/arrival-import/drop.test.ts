import { describe, expect, it } from 'vitest';
import { dropOf, importIdOf, resultKeyOf, sourceOf } from '../../../shared/domain/arrival-import/drop.ts';
import { expiryOf } from '../../../shared/domain/arrival-import/expiry.ts';

const company = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const at = '2026-06-03T18:00:00.000Z';
const drop = (key: string, receivedAt = at, sequencer = '0a') => dropOf(key, receivedAt, sequencer);

describe('a key of the arrivals bucket', () => {
  it('names company and file, whatever the name holds', () => {
    const found = drop(`arrivals/${company}/sub/llegadas ñ+ 100%.XLSX`);
    expect(found).toMatchObject({ empresaId: company, fileName: 'sub/llegadas ñ+ 100%.XLSX' });
    expect(found && resultKeyOf(found)).toBe(`results/${company}/sub/llegadas ñ+ 100%.json`);
  });

  it.each([
    'arrivals/otra/a.xlsx',
    `arrivals/${company}/`,
    `arrivals/${company}`,
    `results/${company}/a.xlsx`,
    `arrivals//${company}/a.xlsx`,
    `arrivals/${company}#x/a.xlsx`,
    `arrivals/${company.toUpperCase()}/a.xlsx`,
    '',
  ])('%j belongs to nobody', (key) => expect(drop(key)).toBeUndefined());

  it('of a file that is no workbook still has a result of its own', () => {
    const found = drop(`arrivals/${company}/a.csv`);
    expect(found && resultKeyOf(found)).toBe(`results/${company}/a.csv.json`);
  });
});

describe('versions', () => {
  const version = (receivedAt: string, sequencer: string) =>
    drop(`arrivals/${company}/a.xlsx`, receivedAt, sequencer)?.version ?? '';

  it('order drops by time, then by the sequencer as a number of any length', () => {
    const ordered = [
      version('2026-06-03T17:59:59.999Z', 'ff'),
      version(at, '9'),
      version(at, '0A'),
      version(at, '0ff'),
      version(at, '1000'),
      version('2026-06-03T18:00:00.001Z', '1'),
    ];
    expect([...ordered].sort()).toEqual(ordered);
  });

  it('give an import the same id again, and another to another version or file', () => {
    const ids = [
      drop(`arrivals/${company}/a.xlsx`),
      drop(`arrivals/${company}/a.xlsx`, at, '0b'),
      drop(`arrivals/${company}/b.xlsx`),
    ];
    const [first, ...others] = ids.map((found) => found && importIdOf(found));
    expect(first).toBe(importIdOf(drop(`arrivals/${company}/a.xlsx`) ?? (ids[0] as never)));
    expect(new Set([first, ...others]).size).toBe(3);
    expect(new Set(ids.slice(0, 2).map((found) => found && sourceOf(found))).size).toBe(1);
  });
});

it("arrivals expire 72 hours after their check-in day on the company's clocks, clock changes included", () => {
  expect(expiryOf('2026-06-03', 'Europe/Madrid').toISOString()).toBe('2026-06-06T22:00:00.000Z');
  expect(expiryOf('2026-10-25', 'Europe/Madrid').toISOString()).toBe('2026-10-28T23:00:00.000Z');
  expect(expiryOf('2026-06-03', 'America/New_York').toISOString()).toBe('2026-06-07T04:00:00.000Z');
});
