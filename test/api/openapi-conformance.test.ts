import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DescribedOperation, describedOperations } from '../../infra/openapi/operations.ts';
import { isWrite } from '../../shared/platform/http/route.ts';
import type { ApiAnswer } from '../support/api-client.ts';
import { answerFlaw, documented } from '../support/documented.ts';
import { type ExampleWorld, type Standing, startExampleWorld } from '../support/example-world.ts';
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

/** Calls an operation with its own example; what stands in for parts of it counts instead. */
async function callExample({ id, route, example = {} }: DescribedOperation): Promise<ApiAnswer> {
  const standing: Standing = (await STANDINGS[id]?.(world)) ?? {};
  const params = { ...example.params, ...standing.params };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams({ ...example.query, ...standing.query });
  const client = standing.client ?? world.client;
  const body = example.body && { ...example.body, ...standing.body };
  const headers = route.surface === 'sidekick' && isWrite(route) ? await client.csrfPair() : {};
  return client.call(route.method, query.size > 0 ? `${path}?${query}` : path, { body, headers });
}

const shown = describedOperations().filter(({ example }) => example !== undefined);
const ordered = [...shown].sort((a, b) => turnOf(a) - turnOf(b));

it.each(ordered.map((operation) => ({ ...operation, name: `${operation.route.method} ${operation.route.path}` })))(
  '$name ($id) answers its own example as documented',
  async (operation) => {
    const answer = await callExample(operation);
    const hint = `${operation.id} answered ${answer.status} ${answer.text.slice(0, 300)}; what its example needs belongs into test/api/openapi-standings.ts`;
    expect(answer.status, hint).toBeLessThan(400);
    expect(answerFlaw(documented(operation.id), answer)).toBeUndefined();
  },
);
