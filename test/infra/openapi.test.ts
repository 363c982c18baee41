import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { examplesOf, flawsOf } from '../../infra/openapi/examples.ts';
import { OPENAPI_FILE, openapiYaml } from '../../infra/openapi/openapi-yaml.ts';
import { describedOperations } from '../../infra/openapi/operations.ts';
import { needsCsrf, type Route } from '../../shared/platform/http/route.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';
import { type DocumentedOperation, documented } from '../support/documented.ts';

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

describe('every operation says', () => {
  const described = describedOperations().map(({ id, route }) => ({ id, route, spec: documented(id) }));
  const without = (fits: (operation: (typeof described)[number]) => boolean) =>
    described.filter((operation) => !fits(operation)).map(({ id }) => id);

  it('what it does, in a line', () => {
    expect(without(({ spec }) => /^\p{Lu}.{8,}[^.]$/u.test(spec.summary ?? ''))).toEqual([]);
  });

  it('who may call it, and asks for a token from all but everybody', () => {
    expect(without(({ spec }) => /^\*\*(Quién|Who):\*\* \S/.test(spec.description ?? ''))).toEqual([]);
    const asksForToken = ({ security }: DocumentedOperation) => security?.some((each) => 'bearer' in each) === true;
    expect(without(({ route, spec }) => asksForToken(spec) === (route.access !== 'public'))).toEqual([]);
  });

  it('how often it may be called', () => {
    const told = ({ route, spec }: (typeof described)[number]) =>
      limitsOf(route).every(({ limit }) =>
        new RegExp(`\\*\\*(Límite|Limit):\\*\\*.*\\b${limit}\\b`).test(spec.description ?? ''),
      );
    expect(without(told)).toEqual([]);
    expect(without(({ spec }) => /\*\*(Límite|Limit):\*\* \S/.test(spec.description ?? ''))).toEqual([]);
    expect(without(({ route, spec }) => '429' in spec.responses || limitsOf(route).length === 0)).toEqual([]);
  });

  it('every error that it may answer, in the shape of its surface, with an example', () => {
    const has =
      (...statuses: number[]) =>
      (spec: DocumentedOperation) =>
        statuses.some((each) => each in spec.responses);
    const given = (condition: (route: Route) => boolean, answered: (spec: DocumentedOperation) => boolean) =>
      without(({ route, spec }) => !condition(route) || answered(spec));
    expect(given(() => true, has(500))).toEqual([]);
    expect(given(({ access }) => access !== 'public' && access !== 'optional', has(401))).toEqual([]);
    expect(
      given(({ access, tool }) => (access !== 'public' && access !== 'optional') || tool !== undefined, has(403)),
    ).toEqual([]);
    expect(given(needsCsrf, has(403))).toEqual([]);
    expect(given(({ params }) => params !== undefined, has(404))).toEqual([]);
    expect(given(({ body, upload }) => body !== undefined || upload !== undefined, has(400, 422))).toEqual([]);
    expect(given(({ body, upload }) => body !== undefined || upload !== undefined, has(413))).toEqual([]);
    expect(given(({ conditional }) => conditional === true, has(412))).toEqual([]);
    const shaped = ({ responses }: DocumentedOperation) =>
      Object.entries(responses).every(([status, { description, content }]) => {
        if (Number(status) < 400) return description !== '';
        const json = content?.['application/json'];
        return description !== '' && json?.schema !== undefined && json.example !== undefined;
      });
    expect(without(({ route, spec }) => route.access === 'optional' || shaped(spec))).toEqual([]);
  });
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
