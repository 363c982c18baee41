import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const CLIENT = fileURLToPath(new URL('../../shared/client/', import.meta.url));

it('the types of the client are those of the OpenAPI document (npm run openapi writes them)', () => {
  const manifest = createRequire(join(CLIENT, 'package.json')).resolve('openapi-typescript/package.json');
  const cli = join(dirname(manifest), 'bin/cli.js');
  const check = [cli, '../../functions/meta/openapi.yaml', '--output', 'api.d.ts', '--check'];
  const { status, stderr } = spawnSync(process.execPath, check, { cwd: CLIENT, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
});
