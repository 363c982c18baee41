import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '../../infra/local/template/synthesise.ts';
import type { Templates } from '../../infra/local/template/template.ts';

const FILE = 'STAY_OPS_TEST_TEMPLATES';

/** Before the suites that start a cloud: the templates of this tree, made once, because making them is half of a start. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'stay-ops-templates-'));
  process.env[FILE] = join(folder, 'templates.json');
  await writeFile(process.env[FILE], JSON.stringify(await synthesise()));
  return () => rm(folder, { recursive: true, force: true });
}

/** What `setup` has made; undefined outside of a run of the suites, as in a bench. */
export async function madeTemplates(): Promise<Templates | undefined> {
  const file = process.env[FILE];
  return file === undefined ? undefined : (JSON.parse(await readFile(file, 'utf8')) as Templates);
}
