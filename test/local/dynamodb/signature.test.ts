import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test, vi } from 'vitest';
import { verifyHeaderSignature } from '../../../infra/local/aws-json/verify-signature.ts';
import { documentClient } from '../../../shared/platform/dynamo/document-client.ts';

/** The emulator asks for a signature and does not check it: this does. */
test('requests of the functions carry a signature that holds, of the function and of a session', async () => {
  const failures: unknown[] = [];
  const own = { accessKeyId: 'AKIDOWN', secretAccessKey: 'own secret' };
  const session = { accessKeyId: 'AKIDSESSION', secretAccessKey: 'session secret' };
  const expected = [own, own, session, session];
  const server = createServer(async (request, response) => {
    const hash = createHash('sha256');
    for await (const chunk of request) hash.update(chunk as Buffer);
    const head = { method: 'POST', canonicalPath: '/', query: [], headers: request.headers };
    const credentials = expected.shift() ?? own;
    const against = { credentials, region: 'eu-south-2', service: 'dynamodb', clocks: [() => new Date()] };
    try {
      verifyHeaderSignature(head, hash.digest('hex'), against);
    } catch (failure) {
      failures.push(failure);
    }
    response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-south-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', own.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', own.secretAccessKey);
  try {
    const client = documentClient();
    const ofSession = { ...session, sessionToken: 'token', expiration: new Date(Date.now() + 3_600_000) };
    const acting = documentClient({ like: client, credentials: async () => ofSession });
    for (const each of [client, client, acting, acting]) {
      await each.send(new GetCommand({ TableName: 'table', Key: { pk: 'ñ', sk: '✓' } }));
    }
    client.destroy();
  } finally {
    vi.unstubAllEnvs();
    server.close();
  }
  expect({ failures, left: expected }).toEqual({ failures: [], left: [] });
});
