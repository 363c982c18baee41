import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DescribedOperation, describedOperations } from '../../infra/openapi/operations.ts';
import { isWrite } from '../../shared/platform/http/route.ts';
import type { ApiClient, CallOptions } from '../support/api-client.ts';
import { answerFlaw, type DocumentedOperation, documented } from '../support/documented.ts';
import { PASSWORD } from '../support/given.ts';
import { spoiled, spoiledForm, spoiledText } from '../support/schema-arbitrary.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const RUNS = 8;

let cloud: TestCloud;
let client: ApiClient;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2026-06-03T10:00:00Z' });
  client = await anyone();
});
afterAll(() => cloud.close());

/** Whom no gate stops. */
async function anyone(): Promise<ApiClient> {
  const user = await cloud.given.aUser(await cloud.given.aCompany(), { es_superadmin: true });
  return cloud.client.signIn(user.email, PASSWORD);
}

interface Call {
  readonly path: string;
  readonly options: CallOptions;
}

/** Bad input for every part of a call, most of it near to what the document says. */
function calls({ route, example }: DescribedOperation, operation: DocumentedOperation): fc.Arbitrary<Call> {
  const parameters = operation.parameters ?? [];
  const place = (where: string) =>
    Object.fromEntries(parameters.filter((each) => each.in === where).map((each) => [each.name, each.schema]));
  const texts = (where: string) =>
    Object.fromEntries(Object.entries(place(where)).map(([name, schema]) => [name, spoiledText(schema)]));
  const { 'application/json': json, 'multipart/form-data': form } = operation.requestBody?.content ?? {};
  // A dot or nothing would make another path of it.
  const segment = (name: string, text: string) =>
    encodeURIComponent(/^\.*$/.test(text) ? (example?.params?.[name] ?? 'x') : text);
  return fc
    .record({
      params: fc.record(texts('path')),
      query: fc.record({ ...texts('query'), unknown: spoiledText({}) }, { requiredKeys: [] }),
      body: json
        ? fc.oneof({ weight: 6, arbitrary: spoiled(json.schema) }, { weight: 1, arbitrary: fc.jsonValue() })
        : fc.constant(undefined),
      raw: form ? spoiledForm(form.schema) : fc.constant(undefined),
      isForm: json && form ? fc.boolean() : fc.constant(json === undefined),
      key: fc.option(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 80 }), { freq: 4, nil: undefined }),
    })
    .map(({ params, query, body, raw, isForm, key }) => {
      const asked = new URLSearchParams(query as Record<string, string>);
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, String(params[name])));
      const headers = { ...(key?.trim() && { 'x-idempotency-key': key.trim() }) };
      return {
        path: asked.size > 0 ? `${path}?${asked}` : path,
        options: isForm && raw ? { raw, headers } : { body, headers },
      };
    });
}

const described = describedOperations().map((operation) => ({ ...operation, spec: documented(operation.id) }));

it.each(described)('$id answers bad input with an error as documented, and never by failing', async (operation) => {
  const { route, spec } = operation;
  await fc.assert(
    fc.asyncProperty(calls(operation, spec), async ({ path, options }) => {
      const csrf = route.surface === 'sidekick' && isWrite(route) ? await client.csrfPair() : {};
      const answer = await client.call(route.method, path, { ...options, headers: { ...options.headers, ...csrf } });
      // Some input is good, and ends the session of the one who sends it.
      if (answer.status === 401) client = await anyone();
      expect(answer.status, answer.text).toBeLessThan(500);
      expect(answerFlaw(spec, answer)).toBeUndefined();
    }),
    { numRuns: RUNS, seed: 20_260_603, endOnFailure: true },
  );
});
