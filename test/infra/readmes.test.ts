import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import { CONTEXT_KEYS, prodStage } from '../../infra/config/stage.ts';
import { readmeOf, withRouteTable } from '../../infra/openapi/route-tables.ts';
import manifest from '../../package.json' with { type: 'json' };

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const PAGES = ['README.md', 'infra/README.md', 'infra/runbook.md'];
/** Pages with a table of what their folder holds. */
const MAPS = ['shared/platform', 'infra/local', 'test', 'bin'];

describe('the README of a function', () => {
  it('is there for every folder, and every folder is a function', () => {
    const folders = readdirSync(new URL('../../functions', import.meta.url));
    expect([...folders].sort()).toEqual(FUNCTION_LIST.map(([name]) => name).sort());
  });

  it.each(FUNCTION_LIST)('of %s shows its routes as they are: npm run openapi writes them', (name) => {
    const text = readFileSync(readmeOf(name), 'utf8');
    expect(text).toMatch(new RegExp(`^# ${name}\n`));
    expect(withRouteTable(name, text)).toBe(text);
  });
});

describe('the table of settings in infra/README.md', () => {
  /** The code in the first and third cell of each row: a name, and its default. */
  const rows = new Map(
    [...textOf('infra/README.md').matchAll(/^\| `([\w]+)` \| ([^|]*) \| ([^|]*) \|/gm)].map((row) => [
      row[1],
      { setBy: row[2]?.replaceAll('`', ''), byDefault: row[3]?.replaceAll('`', '') },
    ]),
  );

  it.each(Object.entries(prodStage.settings))('has %s, its default and the key that sets it', (name, value) => {
    const byDefault = name === 'RELEASE' ? 'the version in package.json' : value;
    const keys = CONTEXT_KEYS.flatMap(({ key, setting }) => (setting === name ? [`-c ${key}=…`] : []));
    const row = rows.get(name);
    expect(row?.byDefault).toBe(byDefault === '' ? 'empty' : byDefault);
    expect(row?.setBy).toBe(keys.join(', ') || (name === 'MAIL_SENDER' ? '-c mailSender=…' : 'code'));
  });

  it('has every key that cdk takes', () => {
    for (const { key } of CONTEXT_KEYS) expect(textOf('infra/README.md')).toContain(`\`-c ${key}=`);
  });

  it('has, or is followed by, every variable that a function reads', () => {
    const page = textOf('infra/README.md');
    const read = new Set(FUNCTION_LIST.flatMap(([, { environment }]) => Object.keys(environment.shape)));
    expect([...read].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('has no setting that is none', () => {
    const known = [...Object.keys(prodStage.settings), ...CONTEXT_KEYS.map(({ key }) => key)];
    const capitals = [...rows.keys()].filter((name) => /^[A-Z]/.test(name ?? ''));
    expect(capitals.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });
});

describe('the table of a folder', () => {
  it.each(MAPS)('names everything in %s, and nothing that is not', (folder) => {
    const entries = readdirSync(new URL(`../../${folder}`, import.meta.url), { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const held = folders.length > 0 ? folders : entries.map(({ name }) => name).filter((name) => name !== 'README.md');
    const page = textOf(`${folder}/README.md`);
    expect(held.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    const [table = ''] = /\n\|-[\s\S]*?\n\n/.exec(page) ?? [];
    const column = folders.length > 0 ? 1 : 2;
    const named = table.split('\n').flatMap((row) => row.split('|')[column]?.match(/(?<=`)[\w.-]+(?=`)/g) ?? []);
    expect(named.filter((name) => !held.includes(name))).toEqual([]);
  });
});

describe('the pages', () => {
  const text = PAGES.map(textOf).join('\n');

  it('name scripts that are there', () => {
    const scripts = [...text.matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start|test|ci)\b)/g)];
    for (const [, run, own] of scripts) expect([...Object.keys(manifest.scripts), 'ci']).toContain(run ?? own);
  });

  // Of the machine's own Node nothing is known: a script runs with the one that npm ci has brought.
  it('call every command of an operator by its script', () => {
    const commands = readdirSync(new URL('../../bin', import.meta.url)).filter((file) =>
      textOf(`bin/${file}`).includes('const USAGE'),
    );
    expect(commands).not.toEqual([]);
    for (const file of commands) {
      const name = file.replace('.ts', '');
      expect(manifest.scripts).toHaveProperty(name, `node bin/${file}`);
      expect(text).toContain(`npm run -s ${name} -- `);
      expect(textOf(`bin/${file}`)).toContain(`  npm run -s ${name} -- `);
    }
    expect(text).not.toMatch(/node bin\//);
  });

  it('show every function in the picture of the house', () => {
    const [picture = ''] = /```mermaid[^`]*```/.exec(textOf('README.md')) ?? [];
    const named = new Set(picture.match(/[a-z]+(?:-[a-z]+)*/g));
    expect(FUNCTION_LIST.filter(([name]) => !named.has(name)).map(([name]) => name)).toEqual([]);
  });

  it('link to what is there', () => {
    for (const page of [...PAGES, ...MAPS.map((folder) => `${folder}/README.md`)]) {
      const links = [...textOf(page).matchAll(/\]\((?!http|#)([^)#]+)[^)]*\)/g)];
      for (const [, path] of links) {
        const url = new URL(path ?? '', new URL(`../../${page}`, import.meta.url));
        expect(() => readdirSync(url), `${page}: ${path}`).not.toThrow(/ENOENT/);
      }
    }
  });
});
