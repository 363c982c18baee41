import { format } from 'node:util';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DEMO_COMPANY_ID, DEMO_LOGINS } from '../../infra/local/demo/demo-world.ts';
import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { type DescribedOperation, describedOperations } from '../../infra/openapi/operations.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { isWrite } from '../../shared/platform/http/route.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { sourceFiles } from '../architecture/source-files.ts';
import type { ApiAnswer, CallOptions } from '../support/api-client.ts';
import { canariesIn, canary, plantedEverywhere, plantedLike } from '../support/canary.ts';
import { type DocumentedOperation, documented } from '../support/documented.ts';
import { type ExampleWorld, type Standing, startExampleWorld } from '../support/example-world.ts';
import { DEMO_KEYS } from '../support/pms-account.ts';
import { sampleForm } from '../support/sample-files.ts';
import { STANDINGS } from './openapi-standings.ts';

/** Everything that the functions of this process print, and what Lambda prints of what they throw. */
const printed: string[] = [];
/** Answers above 399 with the operation that they come from. */
const refusals: { readonly id: string; readonly answer: ApiAnswer }[] = [];
/** Tokens, passwords and codes that answers have given out. */
const issued = new Set<string>();
let deadLetters: readonly string[] = [];
let wellAnswered = 0;
let world: ExampleWorld;

function listen(): void {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => void printed.push(format(...said)));
  }
}

interface Described extends DescribedOperation {
  readonly spec: DocumentedOperation;
}

function bodySchema({ spec }: Described) {
  const { content } = spec.requestBody ?? {};
  return (content?.['application/json'] ?? content?.['multipart/form-data'])?.schema;
}

const HAS_SECRET = /token|secret|access|refresh|passw|contrase|clave|^code$/i;

function keepIssued(value: unknown, name = ''): void {
  if (typeof value === 'string' && HAS_SECRET.test(name) && !/^\d{4}-|^.{0,7}$/.test(value)) issued.add(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) keepIssued(each, Array.isArray(value) ? name : key);
}

const STRANGE_HEADERS = [
  'user-agent',
  'referer',
  'origin',
  'x-forwarded-for',
  'if-match',
  'x-idempotency-key',
  'accept-language',
];

async function call(
  { id, route, example = {} }: Described,
  parts: Pick<Standing, 'params' | 'query'> & CallOptions,
  client = world.client,
): Promise<ApiAnswer> {
  const params = { ...example.params, ...parts.params };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '1'));
  const query = new URLSearchParams(parts.query);
  const csrf = route.surface === 'sidekick' && isWrite(route) ? await client.csrfPair() : {};
  const answer = await client.call(route.method, query.size > 0 ? `${path}?${query}` : path, {
    ...parts,
    headers: { ...csrf, ...parts.headers },
  });
  if (answer.status < 400) keepIssued(answer.body);
  else refusals.push({ id, answer });
  return answer;
}

async function standingOf({ id }: Described): Promise<Standing> {
  return (await STANDINGS[id]?.(world)) ?? {};
}

/** Good input, as the example has it, canaries in its free texts. */
async function callWell(operation: Described, standing: Standing): Promise<void> {
  const { id, route, example } = operation;
  const schema = bodySchema(operation);
  const body = example?.body && {
    ...(plantedLike(schema ?? {}, example.body, `${id}: body`) as object),
    ...standing.body,
  };
  const query = { ...example?.query, ...standing.query };
  const content = route.body?.form
    ? { raw: await sampleForm(body ?? {}, example?.files ?? {}) }
    : { ...(body && { body }) };
  await call(operation, { ...content, params: standing.params ?? {}, query }, standing.client);
}

/**
 * Bad input in every place of a call: body and query, address, what is no JSON, and, once for each function, the token
 * and a form that nobody wants.
 */
async function callBadly(operation: Described): Promise<void> {
  const { id, functionName, route, spec } = operation;
  const schema = bodySchema(operation);
  const places = (where: string) =>
    Object.fromEntries(
      (spec.parameters ?? [])
        .filter((each) => each.in === where)
        .map(({ name }) => [name, canary(`${id}: ${where} ${name}`)]),
    );
  const headers = Object.fromEntries(STRANGE_HEADERS.map((name) => [name, canary(`${id}: ${name}`)]));
  const query = { ...places('query'), [canary(`${id}: the name of a parameter`)]: canary(`${id}: a parameter`) };
  await call(operation, { query, headers, body: schema && plantedEverywhere(schema, `${id}: body`) });
  await call(operation, { params: places('path'), query: places('query') });
  const isFirst = OPERATIONS.find((each) => each.functionName === functionName) === operation;
  if (isFirst) await call(operation, { headers: { authorization: `Bearer ${canary(`${id}: token`)}` } });
  if (!isWrite(route)) return;
  const json = { 'content-type': 'application/json' };
  await call(operation, { raw: `{"text": "${canary(`${id}: broken JSON`)}`, headers: json });
  if (isFirst || route.upload || route.body?.form) await call(operation, { raw: formOf(id) });
}

function formOf(id: string): FormData {
  const form = new FormData();
  form.set(canary(`${id}: the name of a field of a form`), canary(`${id}: a field of a form`));
  for (const field of ['file', 'image', 'archivo']) {
    form.set(field, new File([canary(`${id}: a file`)], `${canary(`${id}: a file's name`)}.xlsx`));
  }
  return form;
}

/** Reads first, what takes away later, and what ends sessions at last. */
function turnOf({ id, route }: DescribedOperation): number {
  if (/password|revoke|contrase/i.test(id)) return /reset|contrase/i.test(id) ? 4 : 3;
  if (route.method === 'DELETE' || /^(delete|borrar|eliminar|desconectar)/.test(id)) return 2;
  return isWrite(route) ? 1 : 0;
}

const OPERATIONS: readonly Described[] = describedOperations()
  .map((operation) => ({ ...operation, spec: documented(operation.id) }))
  .sort((a, b) => turnOf(a) - turnOf(b));

/** A workbook of a guest who comes late today, one that is none, and a picture that is none. */
async function dropFiles(name: string): Promise<void> {
  const { cloud } = world;
  const guest = ['Nombre', 'Check-in', 'Hora', 'Teléfono', 'Apartamento'];
  const row = [canary('a dropped guest'), '2026-06-03', '23:30', 698741236, canary('a dropped apartment')];
  const workbook = await sheetWorkbook([guest, row]);
  await cloud.cloud.dropArrivals(DEMO_COMPANY_ID, `${name}.xlsx`, new Uint8Array(workbook));
  const broken = new TextEncoder().encode(canary('a broken drop'));
  await cloud.cloud.dropArrivals(DEMO_COMPANY_ID, `${name}-broken.xlsx`, broken);
  const photos = objectStore(cloud.cloud.info.buckets.photos);
  await photos.write(`staged-photos/${DEMO_COMPANY_ID}/sub_1`, canary('a broken photo'), 'image/jpeg');
}

/** What reaches a partner, at once or by a worker. */
const OUTWARD =
  /smoobu|beds24|hostaway|cloudbeds|google|contacto|mapaCalor$|texto|acceso|llegadas|crearEmpresa|passwordReset|guardarDiscord/i;

/** Partners that answer with everything they were told. */
async function callWithFailingPartners(): Promise<void> {
  const { partners, drain, advanceQueues } = world.cloud.cloud;
  const afflict = (fault: 'echo' | null) => {
    for (const partner of partners) partner.fault.set({ fault });
  };
  for (const operation of OPERATIONS.filter(({ id }) => OUTWARD.test(id))) {
    const standing = await standingOf(operation);
    afflict('echo');
    await callWell(operation, standing);
    await drain();
    afflict(null);
  }
  afflict('echo');
  for (let round = 0; round < 5; round += 1) {
    advanceQueues(3_600_000);
    await drain();
  }
  afflict(null);
}

/** The table fails under a call. */
async function callWithFailingTable(): Promise<void> {
  const { dynamodb } = world.cloud.cloud.faults;
  await dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 4 });
  for (const operation of OPERATIONS.filter(({ id }) => id === 'createBooking')) await callWell(operation, {});
  await dynamodb.clear();
}

/** Files that cannot be read end in the dead letters, while everything is called badly. */
async function callBadlyWithFailingStore(): Promise<void> {
  const { faults, drain } = world.cloud.cloud;
  faults.s3.set({ operation: 'GetObject', error: 'internal', times: 1_000 });
  await dropFiles('unlucky');
  for (const operation of OPERATIONS) await callBadly(operation);
  await drain();
  faults.s3.clear();
}

const PLATFORM_SECRETS = [
  'JWT_SECRET_KEY',
  'SECRET_KEY',
  'MAILGUN_API_KEY',
  'AI_DEFAULT_API_KEY',
  'FCM_SERVICE_ACCOUNT',
  'GOOGLE_CLIENT_SECRET',
];

/** What the platform knows and nobody may read: its own secrets, the demo's passwords and partners' keys. */
async function knownSecrets(): Promise<readonly string[]> {
  const client = new SecretsManagerClient({});
  const platform = await Promise.all(
    PLATFORM_SECRETS.map((name) => client.send(new GetSecretValueCommand({ SecretId: `stay-ops/local/${name}` }))),
  );
  const typed = [...DEMO_LOGINS.map(({ password }) => password), ...Object.values(DEMO_KEYS)];
  return [...platform.map(({ SecretString }) => SecretString ?? ''), ...typed, ...issued].filter(Boolean);
}

let secrets: readonly string[] = [];
beforeAll(async () => {
  listen();
  world = await startExampleWorld({ loud: true });
  for (const operation of OPERATIONS) await callWell(operation, await standingOf(operation));
  wellAnswered = OPERATIONS.length - refusals.length;
  await dropFiles('lucky');
  await world.cloud.runLateCheckin();
  await callWithFailingPartners();
  await callWithFailingTable();
  await callBadlyWithFailingStore();
  deadLetters = await world.cloud.deadLetters();
  secrets = await knownSecrets();
}, 180_000);
afterAll(async () => {
  await world.cloud.close();
  vi.restoreAllMocks();
});

const leaksIn = (texts: readonly string[]) => texts.flatMap(canariesIn);
const secretsIn = (texts: readonly string[]) => texts.filter((text) => secrets.some((secret) => text.includes(secret)));

it('calls go well and badly, and the log tells of both', () => {
  expect(wellAnswered).toBeGreaterThan(OPERATIONS.length * 0.75);
  const log = printed.join('');
  const events = ['REQUEST_FAILED', 'IMPORT_REJECTED', 'OUTBOX_REFUSED', 'AI_FAILED', 'LOGIN_REFUSED'];
  const expected = [...OPERATIONS.map(({ id }) => `"operation":"${id}"`), ...events.map((code) => `"event":"${code}"`)];
  expect(expected.filter((part) => !log.includes(part))).toEqual([]);
  expect(deadLetters.length).toBeGreaterThan(0);
});

it('a canary is found as it is, in capitals, in base64 and in hexadecimal', () => {
  const bird = canary('a cage');
  const disguises = [bird, bird.toUpperCase(), '+34 698 741 236', Buffer.from(bird).toString('hex')];
  const encoded = ['', '-', '--'].map((before) => Buffer.from(`${before}${bird}`).toString('base64'));
  for (const text of [...disguises, ...encoded]) expect(canariesIn(`{"name":"${text}"}`)).toHaveLength(1);
});

it('the log holds nothing that anybody has sent, and no secret', () => {
  expect(leaksIn(printed)).toEqual([]);
  expect(secretsIn(printed)).toEqual([]);
});

it('dead letters point at rows and files, and hold nothing of them', () => {
  expect(leaksIn(deadLetters)).toEqual([]);
  expect(secretsIn(deadLetters)).toEqual([]);
});

/** Told back on purpose, and to nobody but the caller: the value of a choice that is none, the name of a strange field. */
const TOLD_BACK =
  /\\"[^"\\]*\\" is not a valid choice|(?<="|: )\w+(?=: No es un campo conocido)|(?<=No se conoce: )[\w, ]+/gi;

it('errors tell a caller of what was sent the choice or the field that does not exist, and no more', () => {
  const told = refusals.map(({ id, answer }) => `${id} ${answer.status} ${answer.text.replace(TOLD_BACK, '')}`);
  expect(leaksIn(told)).toEqual([]);
  expect(secretsIn(told)).toEqual([]);
});

it('no key, no password, no guest and no secret rests in the table as it came', async () => {
  const rows: string[] = [];
  for await (const { Items = [] } of paginateScan(
    { client: documentClient() },
    { TableName: world.cloud.cloud.info.table },
  )) {
    rows.push(...Items.map((row) => JSON.stringify(row)));
  }
  expect(rows.length).toBeGreaterThan(100);
  const sealed =
    /^planted in (?:a new password|a dropped|a broken|.*body\.(?:api_key|guest_name|guest_contact|webhook_url))/;
  expect(leaksIn(rows).filter((leak) => sealed.test(leak))).toEqual([]);
  // Codes that admins are shown again, and addresses of telephones for what is sent to them.
  expect(secretsIn(rows).filter((row) => !/#INVITE|#DEVICE/.test(row))).toEqual([]);
});

it('nothing else tells: no tracing of our own, no line past the log', () => {
  const telling = sourceFiles('functions', 'shared/domain', 'shared/composition', 'shared/platform').filter(
    ({ text }) => /aws-xray|powertools\/(?:tracer|metrics)|\bconsole\.|process\.std(?:out|err)/.test(text),
  );
  expect(telling.map(({ path }) => path)).toEqual([]);
});
