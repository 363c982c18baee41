import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { besideCommitted, meets, readCommittedFigures, withFigures } from '../bench/committed-figures.ts';

describe('committed figures', () => {
  it('are those that the README shows (npm run bench -- --commit writes both)', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(withFigures(readme, await readCommittedFigures())).toBe(readme);
  });

  it.each([
    [3, '<= 3', true],
    [3.01, '<= 3', false],
    [2500, '>= 2,500', true],
    [2499, '>= 2,500', false],
    [0, '0', true],
    [1, '0', false],
  ])('%d beside %s: %s', (value, target, expected) => {
    expect(meets(value, target)).toBe(expected);
  });

  it('stand beside the same figure of the run before, of the same topic and unit', () => {
    const last = [
      { topic: 'boot', name: 'start', value: 2, unit: 's' },
      { topic: 'load', name: 'start', value: 5, unit: 's' },
    ];
    expect(besideCommitted({ topic: 'boot', name: 'start', value: 3, unit: 's' }, last)).toBe('×1.50 of 2');
    expect(besideCommitted({ topic: 'boot', name: 'start', value: 3, unit: 'ms' }, last)).toBe('');
  });
});
