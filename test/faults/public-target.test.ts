import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OutboundFailed } from '../../shared/platform/outbound/outbound-call.ts';
import { publicTargets, type ResolveName, TargetRefused } from '../../shared/platform/outbound/public-target.ts';

/** A receiver on this machine; `asked` counts the connections that reached it. */
async function receiver(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let asked = 0;
  server.on('connection', () => {
    asked += 1;
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}

/** Answers each look-up with the next of these, the last one for ever. */
function resolving(...answers: readonly (readonly string[])[]): ResolveName {
  let asked = 0;
  return (_, answer) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    answer(
      addresses.length === 0 ? new Error('ENOTFOUND') : null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

const limits = { signal: AbortSignal.timeout(10_000), mostBytes: 100, overlong: 'cut' } as const;
const PUBLIC = '93.184.215.14';

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

describe('an address that somebody has named', () => {
  it('is refused at registration when any of its addresses is private, or when it has none', async () => {
    const problemWith = (...addresses: string[]) =>
      publicTargets('refuse', resolving(addresses)).problemOf('https://hooks.example.com/in');
    expect(await problemWith(PUBLIC)).toBeUndefined();
    expect(await problemWith(PUBLIC, '10.0.0.1')).toBe('private_network');
    expect(await problemWith('fd00:ec2::254')).toBe('private_network');
    expect(await problemWith()).toBe('unresolved');
  });

  it('that points inside by the time of the call is not connected to', async () => {
    const inside = await receiver((_, response) => response.end('secrets'));
    const targets = publicTargets('refuse', resolving([PUBLIC], ['127.0.0.1'], [PUBLIC, '127.0.0.1']));
    const address = `https://hooks.example.com:${inside.port}/in`;
    expect(await targets.problemOf(address)).toBeUndefined();
    for (let turn = 0; turn < 2; turn += 1) {
      const thrown = await thrownBy(targets.call({ method: 'POST', address, body: '{}' }, limits));
      expect(thrown).toBeInstanceOf(TargetRefused);
      expect((thrown as TargetRefused).problem).toBe('private_network');
    }
    expect(inside.asked()).toBe(0);
  });

  it('on this machine is refused by a deployed stage before anything is sent', async () => {
    const inside = await receiver((_, response) => response.end());
    const call = (address: string) => publicTargets('refuse').call({ method: 'GET', address }, limits);
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]']) {
      expect(await thrownBy(call(`https://${host}:${inside.port}/`))).toBeInstanceOf(TargetRefused);
      expect(await thrownBy(call(`http://${host}:${inside.port}/`))).toBeInstanceOf(TargetRefused);
    }
    expect(inside.asked()).toBe(0);
  });
});

describe('a call beside the local cloud', () => {
  const targets = publicTargets('allow');

  it('sends the very bytes and headers, and answers status, headers and text', async () => {
    const got: unknown[] = [];
    const { port } = await receiver((request, response) => {
      request.on('data', (chunk) => got.push(String(chunk), request.headers['x-mark']));
      request.on('end', () => response.writeHead(503, { 'retry-after': '7' }).end('later, ñ'));
    });
    const request = { method: 'POST', address: `http://127.0.0.1:${port}/`, headers: { 'x-mark': 'm' } } as const;
    const answer = await targets.call({ ...request, body: '{"ñ": 1}' }, limits);
    expect([answer.status, answer.headers.get('retry-after'), answer.text]).toEqual([503, '7', 'later, ñ']);
    expect(got).toEqual(['{"ñ": 1}', 'm']);
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await receiver((_, response) => response.end());
    const { port } = await receiver((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${elsewhere.port}/` }).end(),
    );
    const answer = await targets.call({ method: 'GET', address: `http://localhost:${port}/` }, limits);
    expect([answer.status, elsewhere.asked()]).toEqual([302, 0]);
  });

  it('reads no more than it takes of an answer without an end, or fails, as asked', async () => {
    const { port } = await receiver((_, response) => {
      const more = () => response.write('x'.repeat(70), () => setImmediate(more));
      response.on('error', () => undefined);
      more();
    });
    const request = { method: 'GET', address: `http://127.0.0.1:${port}/` } as const;
    expect((await targets.call(request, limits)).text).toBe('x'.repeat(100));
    const thrown = await thrownBy(targets.call(request, { ...limits, overlong: 'fail' }));
    expect(thrown).toMatchObject({ problem: 'too_large' });
  });

  it('ends with its time and says nothing of the address', async () => {
    const { port } = await receiver((_, response) => response.write('half'));
    const address = `http://127.0.0.1:${port}/?token=s3cr3t`;
    const signal = AbortSignal.timeout(100);
    const late = await thrownBy(targets.call({ method: 'GET', address }, { ...limits, signal }));
    expect(late).toBeInstanceOf(OutboundFailed);
    expect(late).toMatchObject({ problem: 'timeout' });
    const closed = await receiver((request) => request.socket.destroy());
    const broken = await thrownBy(
      targets.call({ method: 'GET', address: `http://127.0.0.1:${closed.port}/?token=s3cr3t` }, limits),
    );
    expect(broken).toMatchObject({ problem: 'unreachable' });
    for (const thrown of [late, broken]) expect(String(thrown)).not.toMatch(/s3cr3t|127\.0\.0\.1/);
  });
});
