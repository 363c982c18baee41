import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAGE = 'test/defects.md';
const TEST_LINE = /^- `(.+?)`: (.+)$/;

/** What the page says of one defect. */
interface Entry {
  readonly id: string;
  readonly tests: readonly (readonly [file: string, title: string])[];
  readonly reason: string | undefined;
}

function entriesOf(page: string): readonly Entry[] {
  return page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const lines = section.split('\n');
      const tests = lines.flatMap((line) => {
        const [, file, title] = TEST_LINE.exec(line) ?? [];
        return file === undefined || title === undefined ? [] : [[file, title] as const];
      });
      const reason = lines.find((line) => line.startsWith('No test: '));
      return { id: section.slice(0, section.indexOf(':')), tests, reason };
    });
}

function ids(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${letter}-${String(at + 1).padStart(2, '0')}`);
}

/** Whether a suite has a test, or a group of tests, of this very title. */
function hasTitle(file: string, title: string): boolean {
  const source = readFileSync(file, 'utf8').replace(/\(\s+/g, '(');
  return ["'", '"', '`'].some((quote) => source.includes(`(${quote}${title.replaceAll(quote, `\\${quote}`)}${quote},`));
}

describe(PAGE, () => {
  const entries = entriesOf(readFileSync(PAGE, 'utf8'));

  it('lists every defect of both contracts once: 60 and 45', () => {
    expect(entries.map(({ id }) => id)).toEqual([...ids('D', 60), ...ids('A', 45)]);
  });

  it('has tests for each, or the reason why not', () => {
    const bare = entries.filter(({ tests, reason }) => tests.length > 0 === (reason !== undefined));
    expect(bare).toEqual([]);
  });

  it('names tests that there are', () => {
    const wrong = entries.flatMap(({ id, tests }) =>
      tests.filter(([file, title]) => !existsSync(file) || !hasTitle(file, title)).map((test) => [id, ...test]),
    );
    expect(wrong).toEqual([]);
  });
});
