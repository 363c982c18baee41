import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const COPY = 'stay-ops-local-restored';
const KEYS: Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'KeySchema' | 'BillingMode'> = {
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

let cloud: TestCloud;
let documents: DynamoDBDocumentClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  documents = documentClient();
});
afterAll(() => cloud.close());

type Row = Record<string, unknown> & { pk: string; sk: string };

async function rowsOf(TableName: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName })) rows.push(...(Items as Row[]));
  return rows.sort((a, b) => `${a.pk}/${a.sk}`.localeCompare(`${b.pk}/${b.sk}`));
}

/** As point-in-time recovery would make it. */
async function copyTable(): Promise<void> {
  await documents.send(new CreateTableCommand({ TableName: COPY, ...KEYS }));
  for (const Item of await rowsOf(cloud.cloud.info.table)) {
    await documents.send(new PutCommand({ TableName: COPY, Item }));
  }
}

function command(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const file = fileURLToPath(new URL('../../bin/restore-rows.ts', import.meta.url));
  const env = { ...process.env, API_ADDRESS: cloud.cloud.address };
  return new Promise((ended) => {
    const child = execFile(process.execPath, [file, ...args], { env }, (_error, out, err) => {
      ended({ code: child.exitCode ?? -1, out, err });
    });
  });
}

it('puts back what a company has lost, and leaves alone what is there, over, or erased', async () => {
  const [lost, other, gone, operator] = await Promise.all([1, 2, 3, 4].map(() => cloud.given.aCompany()));
  if (!lost || !other || !gone || !operator) throw new Error('There are no companies');
  const person = await cloud.given.aUser(lost);
  const others = await cloud.given.aUser(other);
  await cloud.given.aUser(gone);
  const superadmin = await cloud.given.aUser(operator, { es_superadmin: true });
  const table = cloud.cloud.info.table;
  const over = { pk: `T#${lost.id}#X`, sk: 'OVER', expires_at: 1_700_000_000 };
  await documents.send(new PutCommand({ TableName: table, Item: over }));
  await copyTable();
  const before = await rowsOf(table);

  const client = await cloud.client.signIn(superadmin.email, PASSWORD);
  expect((await client.write('DELETE', `/api/empresas/${gone.id}`)).status).toBe(200);
  await cloud.cloud.drain();
  const belongsTo = (id: string) => (row: Row) => row.pk.startsWith(`T#${id}#`) || row.empresa_id === id;
  const taken = before.filter((row) => belongsTo(lost.id)(row) || belongsTo(other.id)(row));
  for (const { pk, sk } of taken) await documents.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
  const kept = { ...taken.find(({ pk, sk }) => pk.startsWith(`T#${lost.id}#`) && sk !== 'OVER'), changed: 'since' };
  await documents.send(new PutCommand({ TableName: table, Item: kept }));

  const one = await command('--stage', 'local', '--from', COPY, '--company', lost.id);
  expect(one).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/ 1 were there, 1 left out/) });
  const restored = (await rowsOf(table)).filter(belongsTo(lost.id));
  const wanted = before.filter((row) => belongsTo(lost.id)(row) && row.sk !== 'OVER');
  expect(restored.map(({ pk, sk }) => [pk, sk])).toEqual(wanted.map(({ pk, sk }) => [pk, sk]));
  expect(restored.filter(({ changed }) => changed === 'since')).toHaveLength(1);
  await cloud.client.signIn(person.email, PASSWORD);
  expect((await rowsOf(table)).filter(belongsTo(other.id))).toEqual([]);

  expect(await command('--stage', 'local', '--from', COPY)).toMatchObject({ code: 0, err: '' });
  await cloud.client.signIn(others.email, PASSWORD);
  expect((await rowsOf(table)).filter(({ pk }) => pk.startsWith(`T#${gone.id}#`))).toEqual([]);
  expect(await command('--stage', 'local', '--from', COPY)).toMatchObject({
    out: expect.stringMatching(/^Done. 0 rows/),
  });
});

it.each([[['--stage', 'local']], [['--stage', 'local', '--from', COPY, '--company', 'nobody']], [['--frobnicate']]])(
  'says how it is used when it is given %j',
  async (args) => {
    expect(await command(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--from') });
  },
);
