import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalInfo } from '../../infra/local/control/controlled-cloud.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';

const SERVE = '--serve';
const KEY = { pk: 'P#BENCH', sk: 'ROW' };

/**
 * Runs `use` against a server of Node and the document client alone, which reads one row of the local cloud's table for
 * each call: the most that anything can answer here that reads a row through the SDK in one process.
 */
export async function withBareServer<T>(localCloud: string, use: (address: string) => Promise<T>): Promise<T> {
  const info = (await (await fetch(`${localCloud}/_local/info`)).json()) as LocalInfo;
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: info.endpoints.dynamodb,
    AWS_REGION: info.region,
    AWS_ACCESS_KEY_ID: info.accessKeyId,
    AWS_SECRET_ACCESS_KEY: info.secretAccessKey,
  };
  const args = [fileURLToPath(import.meta.url), SERVE, info.table];
  const server = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    for await (const address of server.stdout) return await use(String(address).trim());
    throw new Error('The bare server did not start');
  } finally {
    server.kill();
    await ended;
  }
}

/** The row is as long as a user's. */
async function serve(TableName: string): Promise<void> {
  const client = documentClient();
  await client.send(new PutCommand({ TableName, Item: { ...KEY, email: 'a@example.com', rest: 'x'.repeat(400) } }));
  const server = createServer(async (_, response) => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: KEY, ConsistentRead: true }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ email: Item?.email }));
  });
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

const [, , mode, table] = process.argv;
if (mode === SERVE && table !== undefined) await serve(table);
