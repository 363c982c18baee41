import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway } from '../../../infra/local/host/gateway.ts';
import type { GatewayRoute } from '../../../infra/local/template/http-api.ts';

const route = (key: string, functionName: string, more: Partial<GatewayRoute> = {}): GatewayRoute => {
  return { key, functionName, authorizer: undefined, timeoutMs: 30_000, ...more };
};

/** The functions of these tests by name; `echo` answers the event it was called with. */
const functions: Record<string, (event: APIGatewayProxyEventV2) => unknown> = {
  echo: (event) => ({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(event) }),
  open: () => ({ isAuthorized: true, context: { verdict: 'ok' } }),
  closed: () => ({ isAuthorized: false }),
  broken: () => {
    throw new Error('broken');
  },
  slow: () => new Promise((resolve) => setTimeout(resolve, 5_000, { statusCode: 200 }).unref()),
  large: () => ({ statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024) }),
  plain: () => ({ hello: 'world' }),
  text: () => 'hello',
  cookies: () => ({ statusCode: 201, cookies: ['a=1; Path=/', 'b=2'], headers: { 'X-One': 1 }, body: 'ok' }),
  bytes: () => ({ statusCode: 200, headers: { 'content-type': 'image/png' }, body: 'AAEC/w==', isBase64Encoded: true }),
  empty: () => ({ statusCode: 204 }),
  nonsense: () => ({ statusCode: 'many' }),
  injected: () => ({ statusCode: 200, headers: { 'X-Bad': 'a\r\nSet-Cookie: x=1' }, body: '' }),
};

const server = createServer(
  createGateway({
    routes: [
      ...Object.keys(functions).map((name) => route(`ANY /${name}`, name)),
      route('ANY /items/{id}', 'echo', { authorizer: 'open' }),
      route('ANY /closed', 'echo', { authorizer: 'closed' }),
      route('ANY /unguarded', 'echo', { authorizer: 'broken' }),
      route('ANY /impatient', 'slow', { timeoutMs: 50 }),
    ],
    identity: {
      account: '000000000000',
      region: 'eu-west-1',
      apiId: 'local',
      now: () => new Date('2026-11-21T09:30:00Z'),
    },
    invoke: async (name, event) => functions[name]?.(event as APIGatewayProxyEventV2),
  }),
);
let address: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const call = (path: string, init: RequestInit = {}) => fetch(`${address}${path}`, init);
async function eventOf(path: string, init: RequestInit = {}): Promise<APIGatewayProxyEventV2> {
  return (await (await call(path, init)).json()) as APIGatewayProxyEventV2;
}

/** Sends bytes as they are, for what `fetch` would tidy up. */
function raw(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  });
}

describe('the event of payload format 2.0', () => {
  it('says who calls what, and when', async () => {
    const event = await eventOf('/items/a%20b?x=1&x=2&empty=&text=%C3%B1+y', {
      method: 'PATCH',
      headers: { 'User-Agent': 'test', 'X-Thing': 'One' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /items/{id}',
      rawPath: '/items/a b',
      rawQueryString: 'x=1&x=2&empty=&text=%C3%B1+y',
      queryStringParameters: { x: '1,2', empty: '', text: 'ñ y' },
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        authorizer: { lambda: { verdict: 'ok' } },
        http: { method: 'PATCH', path: '/items/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        stage: '$default',
        time: '21/Nov/2026:09:30:00 +0000',
        timeEpoch: Date.parse('2026-11-21T09:30:00Z'),
      },
    });
    expect(event.headers).toMatchObject({ 'x-thing': 'One', 'x-forwarded-for': '127.0.0.1' });
    expect(event.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('cookies');
  });

  it('joins repeated headers, sets cookies apart, and believes no forwarded address', async () => {
    const answer = await raw([
      'GET /echo HTTP/1.1',
      'Host: local',
      'X-Twice: a',
      'x-twice: b',
      'X-Forwarded-For: 203.0.113.9',
      'Cookie: a=1; b=2',
      'Cookie: c=3',
    ]);
    const event = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as APIGatewayProxyEventV2;
    expect(event.headers).toMatchObject({ 'x-twice': 'a,b', 'x-forwarded-for': '203.0.113.9, 127.0.0.1' });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.headers).not.toHaveProperty('connection');
    expect(event.cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(event.requestContext.http.sourceIp).toBe('127.0.0.1');
  });

  it.each([
    ['application/json', '{"ñ":1}', false],
    ['application/problem+json; charset=utf-8', '{}', false],
    ['text/csv', 'a;b', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['multipart/form-data; boundary=x', '--x--', true],
    ['application/octet-stream', 'abc', true],
  ])('a body of %s: Base64 %s', async (type, body, isBase64Encoded) => {
    const event = await eventOf('/echo', { method: 'POST', body, headers: { 'content-type': type } });
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe(body);
    expect(event.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  it('bytes that are not UTF-8 survive under a text type', async () => {
    const bytes = Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d]);
    const event = await eventOf('/echo', {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/json' },
    });
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? '', 'base64')).toEqual(Buffer.from(bytes));
  });
});

describe('answers of functions', () => {
  it('cookies become Set-Cookie, other values texts', async () => {
    const answer = await call('/cookies');
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(answer.headers.get('x-one')).toBe('1');
    expect(answer.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
    expect(answer.headers.get('apigw-requestid')).not.toBeNull();
  });

  it('Base64 becomes bytes', async () => {
    expect(Buffer.from(await (await call('/bytes')).arrayBuffer())).toEqual(Buffer.from([0, 1, 2, 255]));
  });

  it('what has no status code is JSON with 200', async () => {
    const answer = await call('/plain');
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
      200,
      'application/json',
      { hello: 'world' },
    ]);
    expect(await (await call('/text')).text()).toBe('hello');
  });

  it('204 has no body and no length', async () => {
    const answer = await call('/empty');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([204, null]);
  });

  it('HEAD has headers and no body', async () => {
    const answer = await call('/cookies', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([201, '']);
  });
});

describe("the gateway's own answers", () => {
  it.each([
    ['/nowhere', 404, 'Not Found'],
    ['/closed', 403, 'Forbidden'],
    ['/unguarded', 500, 'Internal Server Error'],
    ['/broken', 500, 'Internal Server Error'],
    ['/nonsense', 500, 'Internal Server Error'],
    ['/injected', 500, 'Internal Server Error'],
    ['/large', 500, 'Internal Server Error'],
    ['/impatient', 503, 'Service Unavailable'],
  ])('%s → %i %s', async (path, status, message) => {
    const answer = await call(path);
    expect([answer.status, await answer.json()]).toEqual([status, { message }]);
  });

  it.each([
    ['more than 10 MB', 10 * 1024 * 1024 + 1, 'text/plain', 413],
    ['an event of more than 6 MB, for Base64 takes a third more', 4_800_000, 'application/octet-stream', 413],
    ['4.4 MB of file', 4_400_000, 'application/octet-stream', 200],
    ['5 MB of text', 5_000_000, 'text/plain', 200],
  ])('a body of %s → %s', async (_, bytes, type, status) => {
    const answer = await call('/cookies', {
      method: 'POST',
      body: 'x'.repeat(bytes),
      headers: { 'content-type': type },
    });
    expect(answer.status).toBe(status === 200 ? 201 : status);
    if (status === 413) expect(await answer.json()).toEqual({ message: 'Request Entity Too Large' });
  });
});
