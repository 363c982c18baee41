import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { examplesOf, flawsOf } from '../../infra/openapi/examples.ts';
import { OPENAPI_FILE, openapiYaml } from '../../infra/openapi/openapi-yaml.ts';
import { describedOperations } from '../../infra/openapi/operations.ts';

const committed = readFileSync(OPENAPI_FILE, 'utf8');

it('the committed OpenAPI document is that of the route tables (npm run openapi writes it)', () => {
  expect(committed).toBe(openapiYaml());
});

it('it describes every operation, once', () => {
  const { paths } = parse(committed) as { paths: Record<string, Record<string, { operationId: string }>> };
  const described = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  const declared = describedOperations().map(({ id }) => id);
  expect(described.sort()).toEqual(declared.sort());
  expect(new Set(described).size).toBe(described.length);
});

it('every operation has an example that fits its schemas', () => {
  expect(describedOperations().flatMap(flawsOf)).toEqual([]);
});

it('every example is that of an operation', () => {
  const operations = describedOperations();
  const strays = [...new Set(operations.map(({ functionName }) => functionName))].flatMap((name) =>
    Object.keys(examplesOf(name)).filter(
      (id) => !operations.some((each) => each.id === id && each.functionName === name),
    ),
  );
  expect(strays).toEqual([]);
});

it('Spectral finds nothing to say about it (npm run lint:openapi)', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const cli = fileURLToPath(import.meta.resolve('@stoplight/spectral-cli/dist/index.js'));
  const lint = ['lint', '--quiet', '--fail-severity=warn', fileURLToPath(OPENAPI_FILE)];
  const { status, stdout } = spawnSync(process.execPath, [cli, ...lint], { cwd: root, encoding: 'utf8' });
  expect([status, stdout.trim()]).toEqual([0, expect.stringMatching(/^(No results.*)?$/)]);
});
