import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_COMPANY_ID } from '../../infra/local/demo/demo-world.ts';
import { withoutStagedIds } from '../../infra/openapi/examples.ts';
import { type DescribedOperation, describedOperations } from '../../infra/openapi/operations.ts';
import { auditHeadKey } from '../../shared/domain/audit/audit.keys.ts';
import { isWrite, type Route } from '../../shared/platform/http/route.ts';
import type { ApiAnswer } from '../support/api-client.ts';
import { answerFlaw, documented } from '../support/documented.ts';
import { type ExampleWorld, type Standing, startExampleWorld } from '../support/example-world.ts';
import { sampleForm } from '../support/sample-files.ts';
import { AUDITED_ELSEWHERE } from './audited-elsewhere.ts';
import { STANDINGS } from './openapi-standings.ts';

let world: ExampleWorld;
beforeAll(async () => {
  world = await startExampleWorld();
});
afterAll(() => world.cloud.close());

/** Reads first, then what adds and changes, then what takes away, and what ends sessions at last. */
function turnOf({ id, route }: DescribedOperation): number {
  if (/password|revoke|Password/i.test(id)) return 3;
  if (route.method === 'DELETE' || /^(delete|borrar|eliminar|desconectar)/.test(id)) return 2;
  return isWrite(route) ? 1 : 0;
}

/** Writes whose example left no entry in the trail of the company. */
const untold = new Set<string>();

async function auditEnd(): Promise<unknown> {
  const row = await world.cloud.table.get(auditHeadKey(DEMO_COMPANY_ID), { consistent: true });
  return row?.number;
}

/** How the body of a call is sent. */
type Encoding = 'json' | 'form';

/** The body as JSON, or as the form that brings its files. */
async function contentOf({ route, example = {} }: DescribedOperation, standing: Standing, encoding: Encoding) {
  if (encoding === 'json') return { body: example.body && { ...example.body, ...standing.body } };
  const { upload } = route;
  const files = { ...(upload && { [upload.field]: `${upload.proposito}.xlsx` }), ...example.files };
  const fields = { ...example.body, ...standing.body };
  return { raw: await sampleForm(withoutStagedIds(route, fields) ?? {}, files) };
}

/** Calls an operation with its own example; what stands in for parts of it counts instead. */
async function callExample(operation: DescribedOperation, encoding: Encoding): Promise<ApiAnswer> {
  const { id, route, example = {} } = operation;
  const standing: Standing = (await STANDINGS[id]?.(world)) ?? {};
  const params = { ...example.params, ...standing.params };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams({ ...example.query, ...standing.query });
  const client = standing.client ?? world.client;
  const headers = route.surface === 'sidekick' && isWrite(route) ? await client.csrfPair() : {};
  const content = await contentOf(operation, standing, encoding);
  // What an earlier call has left to a worker is told by then.
  if (isWrite(route)) await world.cloud.cloud.drain();
  const before = await auditEnd();
  const answer = await client.call(route.method, query.size > 0 ? `${path}?${query}` : path, { ...content, headers });
  if (isWrite(route) && (await auditEnd()) === before) untold.add(id);
  return answer;
}

/** A file that may be staged comes both ways; where nothing but a form is taken it comes in that. */
function encodingsOf({ body, upload }: Route): readonly Encoding[] {
  if (upload) return ['json', 'form'];
  return [body?.form ? 'form' : 'json'];
}

const ordered = [...describedOperations()].sort((a, b) => turnOf(a) - turnOf(b));
const calls = ordered.flatMap((operation) =>
  encodingsOf(operation.route).map((encoding) => ({
    ...operation,
    encoding,
    name: `${operation.route.method} ${operation.route.path}`,
  })),
);

it.each(calls)('$name ($id, $encoding) answers its own example as documented', async ({ encoding, ...operation }) => {
  const answer = await callExample(operation, encoding);
  const hint = `${operation.id} answered ${answer.status} ${answer.text.slice(0, 300)}; what its example needs belongs into test/api/openapi-standings.ts`;
  expect(answer.status, hint).toBeLessThan(400);
  expect(answerFlaw(documented(operation.id), answer)).toBeUndefined();
});

it('every write is told in the audit trail of the company, but for those that say why not', () => {
  expect([...untold].sort()).toEqual(Object.keys(AUDITED_ELSEWHERE).sort());
});
