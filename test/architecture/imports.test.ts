import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

const production = sourceFiles('bin', 'infra', 'functions', 'shared');

/** `from imports to`, for each import that breaks the rule. */
function offences(files: readonly SourceFile[], allowed: (from: string, to: string) => boolean): string[] {
  return files.flatMap(({ path, files: imported }) =>
    imported.filter((to) => !allowed(path, to)).map((to) => `${path} imports ${to}`),
  );
}

const under = (folder: string) => production.filter(({ path }) => path.startsWith(folder));
const starts =
  (...folders: string[]) =>
  (to: string) =>
    folders.some((folder) => to.startsWith(folder));
const functionOf = (path: string) => path.split('/')[1];

describe('dependencies point one way', () => {
  it('the files are found at all', () => {
    expect(production.length).toBeGreaterThan(50);
    expect(production.flatMap(({ files }) => files).length).toBeGreaterThan(100);
  });

  it('platform knows nothing of the domain, of functions, of infrastructure', () => {
    expect(offences(under('shared/platform/'), (_, to) => starts('shared/platform/')(to))).toEqual([]);
  });

  it('the domain stands on the platform alone', () => {
    expect(offences(under('shared/domain/'), (_, to) => starts('shared/domain/', 'shared/platform/')(to))).toEqual([]);
  });

  it('functions stand on shared code and never on another function', () => {
    const allowed = (from: string, to: string) => starts('shared/')(to) || functionOf(from) === functionOf(to);
    expect(offences(under('functions/'), (from, to) => allowed(from, to))).toEqual([]);
  });

  it('infrastructure reads functions as data: routes and environments, never code that runs', () => {
    const data = /^functions\/[^/]+\/(routes|env|event|schemas)\.ts$/;
    const files = production.filter(({ path }) => path.startsWith('infra/'));
    expect(offences(files, (_, to) => !to.startsWith('functions/') || data.test(to))).toEqual([]);
  });

  it('production code imports no test', () => {
    expect(offences(production, (_, to) => !to.startsWith('test/'))).toEqual([]);
  });

  it('one aggregate never uses the repository of another', () => {
    const repository = /^shared\/domain\/([^/]+)\/.*repository\.ts$/;
    const own = (from: string, to: string) => !repository.test(to) || from.split('/')[2] === to.split('/')[2];
    expect(offences(under('shared/domain/'), own)).toEqual([]);
  });
});

describe('house rules', () => {
  it('there is no barrel, no default export and no grab bag', () => {
    const named = production.filter(({ path }) => /(^|\/)(index|utils?|helpers?|common|misc)\.ts$/.test(path));
    expect(named.map(({ path }) => path)).toEqual([]);
    expect(production.filter(({ text }) => /^export (default|\*)/m.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('time and ids are inputs: only the platform and the local cloud ask the machine', () => {
    const rules = production.filter(({ path }) => starts('functions/', 'shared/domain/')(path));
    const asking = rules.filter(({ text }) => /\bDate\.now\(|new Date\(\)|randomUUID\(/.test(text));
    expect(asking.map(({ path }) => path)).toEqual([]);
  });

  it('zod is imported whole, which bundles to a fifth', () => {
    const named = production.filter(({ text }) => /import (type )?\{[^}]*\} from 'zod'/.test(text));
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  it('no function scans the table', () => {
    const rules = production.filter(({ path }) => starts('functions/', 'shared/')(path));
    expect(rules.filter(({ text }) => /ScanCommand/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('functions and domain reach AWS through the platform only', () => {
    const rules = production.filter(({ path }) => starts('functions/', 'shared/domain/')(path));
    const direct = rules.filter(({ packages }) => packages.some((name) => name.startsWith('@aws-sdk/')));
    expect(direct.map(({ path }) => path)).toEqual([]);
  });
});
