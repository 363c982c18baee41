import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One source file with the files of ours and the packages that it imports. */
export interface SourceFile {
  /** From the project's root, e.g. `shared/platform/http/route.ts`. */
  readonly path: string;
  readonly text: string;
  /** Imported files of ours, from the root. */
  readonly files: readonly string[];
  /** Imported packages and built-in modules. */
  readonly packages: readonly string[];
}

const IMPORT = /^\s*(?:import|export)\s[^;'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|import\('([^']+)'\)/gms;

function read(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const specifiers = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  const local = (specifier: string) => specifier.startsWith('.');
  return {
    path,
    text,
    files: specifiers.filter(local).map((to) => relative(ROOT, resolve(ROOT, dirname(path), to))),
    packages: specifiers.filter((specifier) => !local(specifier)),
  };
}

/** Every TypeScript file of ours, but those that are generated, under some folders of the root. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.includes('node_modules'))
      .map((name) => read(join(folder, name))),
  );
}
