import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callOut, jsonOf, OutboundFailed } from '../../shared/platform/outbound/outbound-call.ts';

async function service(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const get = (address: string, { ms = 10_000, mostBytes = 1_000 } = {}) =>
  callOut({ method: 'GET', address }, { signal: AbortSignal.timeout(ms), mostBytes });

/** Why a call brought no answer, with everything that the error shows of itself. */
async function failureOf(call: Promise<unknown>) {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof OutboundFailed)) throw new Error('The call did not fail as it should');
  return { problem: thrown.problem, shown: `${thrown.message} ${String(thrown.cause)}` };
}

describe('a call to somebody else', () => {
  it('says who calls, sends the very bytes of the body, reads the answer', async () => {
    const asked: unknown[] = [];
    const address = await service((request, response) => {
      request.on('data', (chunk) => asked.push(String(chunk), request.headers['user-agent']));
      request.on('end', () => response.end('{"ñ":1}'));
    });
    const answer = await callOut(
      { method: 'POST', address, body: '{"b": 1,  "a":2}' },
      { signal: AbortSignal.timeout(10_000), mostBytes: 100 },
    );
    expect([answer.status, jsonOf(answer)]).toEqual([200, { ñ: 1 }]);
    expect(asked).toEqual(['{"b": 1,  "a":2}', 'stay-ops (+https://stay-sidekick.com)']);
  });

  it('never follows a redirect: the credential would travel along', async () => {
    let elsewhere = 0;
    const target = await service((_, response) => {
      elsewhere += 1;
      response.end();
    });
    const address = await service((_, response) => response.writeHead(302, { location: target }).end());
    expect([(await get(address)).status, elsewhere]).toEqual([302, 0]);
  });

  it('reads no more than the caller takes, whatever the service announces', async () => {
    const address = await service((_, response) => response.end('x'.repeat(1_001)));
    expect((await failureOf(get(address))).problem).toBe('too_large');
    expect((await get(address, { mostBytes: 1_001 })).text).toHaveLength(1_001);
    const endless = await service((_, response) => {
      const more = () => response.write('x'.repeat(500), () => setImmediate(more));
      more();
      response.on('error', () => undefined);
    });
    expect((await failureOf(get(endless))).problem).toBe('too_large');
  });

  it('ends with its time, also in the middle of an answer', async () => {
    const silent = await service(() => undefined);
    expect((await failureOf(get(silent, { ms: 50 }))).problem).toBe('timeout');
    const stalling = await service((_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half');
    });
    expect((await failureOf(get(stalling, { ms: 150 }))).problem).toBe('timeout');
  });

  it('that reaches nobody says so, and shows neither address nor header', async () => {
    const address = await service((request) => request.socket.destroy());
    const broken = await failureOf(get(`${address}/hook?token=s3cr3t`));
    expect(broken.problem).toBe('unreachable');
    const headers = { 'x-key': 'bad\u0000s3cr3t' };
    const limits = { signal: AbortSignal.timeout(1_000), mostBytes: 10 };
    const unsendable = await failureOf(callOut({ method: 'GET', address, headers }, limits));
    for (const { shown } of [broken, unsendable]) expect(shown).not.toMatch(/s3cr3t|127\.0\.0\.1/);
  });
});
