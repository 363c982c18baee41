import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const LONGEST = 300;
const P90 = 180;
const MEDIAN = 80;

/** Lines that hold something; functions are kept small by the linter (`noExcessiveLinesPerFunction`, 60). */
const lengths = sourceFiles('bin', 'infra', 'functions', 'shared')
  .map(({ path, text }) => ({ path, lines: text.split('\n').filter((line) => line.trim() !== '').length }))
  .sort((a, b) => a.lines - b.lines);

const at = (share: number) => lengths[Math.floor((lengths.length - 1) * share)]?.lines ?? Number.POSITIVE_INFINITY;

describe('files stay small', () => {
  it(`none has more than ${LONGEST} lines`, () => {
    expect(lengths.filter(({ lines }) => lines > LONGEST)).toEqual([]);
  });

  it(`nine in ten have at most ${P90}, half at most ${MEDIAN}`, () => {
    expect(at(0.9)).toBeLessThanOrEqual(P90);
    expect(at(0.5)).toBeLessThanOrEqual(MEDIAN);
  });
});
