import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { FUNCTIONS } from '../../infra/config/functions.ts';
import { OPENAPI_FILE, openapiYaml } from '../../infra/openapi/openapi-yaml.ts';

const committed = readFileSync(OPENAPI_FILE, 'utf8');

it('the committed OpenAPI document is that of the route tables (npm run openapi writes it)', () => {
  expect(committed).toBe(openapiYaml());
});

it('it describes every operation, once', () => {
  const { paths } = parse(committed) as { paths: Record<string, Record<string, { operationId: string }>> };
  const described = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  const declared = Object.values(FUNCTIONS).flatMap(({ trigger }) =>
    trigger.kind === 'http' ? Object.keys(trigger.routes) : [],
  );
  expect(described.sort()).toEqual(declared.sort());
  expect(new Set(described).size).toBe(described.length);
});

it('Spectral finds nothing to say about it (npm run lint:openapi)', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const cli = fileURLToPath(import.meta.resolve('@stoplight/spectral-cli/dist/index.js'));
  const lint = ['lint', '--quiet', '--fail-severity=warn', fileURLToPath(OPENAPI_FILE)];
  const { status, stdout } = spawnSync(process.execPath, [cli, ...lint], { cwd: root, encoding: 'utf8' });
  expect([status, stdout.trim()]).toEqual([0, expect.stringMatching(/^(No results.*)?$/)]);
});
