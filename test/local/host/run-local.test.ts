import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'stay-ops-run-'));
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** `node bin/local.ts` with what it prints and how it ends. */
function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['bin/local.ts'], {
    cwd: join(import.meta.dirname, '..', '..', '..'),
    env: { PATH: process.env.PATH, HOME: directory, PORT: '0', LOCAL_DATA: directory, ...environment },
  });
  children.add(child);
  let output = '';
  let errors = '';
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.on('exit', (code) => {
      children.delete(child);
      resolve({ code, output, errors });
    });
  });
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const [, found] = /runs at (http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
      if (found !== undefined && output.includes('Ctrl-C stops it.')) resolve(found);
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('exit', () => reject(new Error(`It ended: ${errors}`)));
  });
  address.catch(() => undefined);
  return { child, address, ended };
}

describe('npm start', () => {
  it('says what a person needs, keeps the data, and ends on Ctrl-C with 0', async () => {
    const first = run({});
    const address = await first.address;
    expect((await fetch(`${address}/api/health`)).status).toBe(200);
    const mails = (await (await fetch(`${address}/_local/outbox`)).json()) as unknown[];
    expect(mails.length).toBeGreaterThan(0);
    first.child.kill('SIGINT');
    const end = await first.ended;
    expect(end).toMatchObject({ code: 0, errors: '' });
    expect(end.output).toContain('dev@staysidekick.es');
    expect(end.output.match(/npm run -s api/g)).toHaveLength(3);

    const second = run({});
    const again = await second.address;
    expect(await (await fetch(`${again}/_local/outbox`)).json()).toEqual(mails);
    second.child.kill('SIGTERM');
    const { code, output } = await second.ended;
    expect(code).toBe(0);
    expect(output).toContain('stands from an earlier start');
  });

  it('refuses a port that is taken, and a directory that is in use, with one line and 1', async () => {
    const first = run({ LOCAL_DATA: 'memory' });
    const { port } = new URL(await first.address);
    const taken = await run({ LOCAL_DATA: 'memory', PORT: port }).ended;
    expect([taken.code, taken.output]).toEqual([1, '']);
    expect(taken.errors.trim().split('\n')).toEqual([expect.stringContaining('port is taken')]);

    const holder = run({});
    await holder.address;
    const late = await run({}).ended;
    expect([late.code, late.output]).toEqual([1, '']);
    expect(late.errors.trim().split('\n')).toEqual([expect.stringContaining('Another local cloud works on')]);
  });

  it('takes a directory over from a process that was killed', async () => {
    const killed = run({});
    await killed.address;
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = run({});
    await next.address;
    next.child.kill('SIGINT');
    expect((await next.ended).code).toBe(0);
  });

  it.each([
    [{ PORT: 'many' }, 'PORT'],
    [{ LOCAL_CLOCK: 'tomorrow' }, 'LOCAL_CLOCK'],
    [{ LOCAL_RATE_LIMITS: 'perhaps' }, 'LOCAL_RATE_LIMITS'],
  ])('names the setting that cannot be: %j', async (environment, name) => {
    const { code, errors } = await run(environment).ended;
    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toEqual([expect.stringContaining(name)]);
  });

  it('starts at the instant it is given', async () => {
    const { address } = run({ LOCAL_DATA: 'memory', LOCAL_CLOCK: '2027-05-01T09:00:00Z' });
    const { timestamp } = (await (await fetch(`${await address}/api/health`)).json()) as { timestamp: string };
    expect(timestamp).toMatch(/^2027-05-01T09:00:/);
  });
});
