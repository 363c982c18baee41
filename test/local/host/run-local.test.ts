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

/** The one line that a process which could not start says. */
async function refusal(environment: Record<string, string>): Promise<string> {
  const { code, output, errors } = await run(environment).ended;
  expect([code, output]).toEqual([1, '']);
  expect(errors.trim().split('\n')).toHaveLength(1);
  return errors;
}

const outbox = async (address: string) => (await (await fetch(`${address}/_local/outbox`)).json()) as unknown[];

describe('npm start', () => {
  // Each start takes seconds of both processors, so one life of a directory shows all that a start may meet.
  it('says what a person needs, keeps the data from start to start, and lets nobody else in', {
    timeout: 120_000,
  }, async () => {
    const day = { LOCAL_CLOCK: '2027-05-01T09:00:00Z' };
    const first = run(day);
    const address = await first.address;
    const { timestamp } = (await (await fetch(`${address}/api/health`)).json()) as { timestamp: string };
    expect(timestamp).toMatch(/^2027-05-01T09:00:/);
    const mails = await outbox(address);
    expect(mails.length).toBeGreaterThan(0);

    expect(await refusal({ LOCAL_DATA: 'memory', PORT: new URL(address).port })).toContain('port is taken');
    expect(await refusal({})).toContain('Another local cloud works on');
    first.child.kill('SIGINT');
    const end = await first.ended;
    expect(end).toMatchObject({ code: 0, errors: '' });
    expect(end.output).toContain('dev@staysidekick.es');
    expect(end.output.match(/npm run -s api/g)).toHaveLength(3);

    const killed = run(day);
    expect(await outbox(await killed.address)).toEqual(mails);
    killed.child.kill('SIGKILL');
    await killed.ended;

    const last = run(day);
    expect(await outbox(await last.address)).toEqual(mails);
    last.child.kill('SIGTERM');
    const { code, output } = await last.ended;
    expect(code).toBe(0);
    expect(output).toContain('stands from an earlier start');
  });

  it.each([
    [{ PORT: 'many' }, 'PORT'],
    [{ LOCAL_CLOCK: 'tomorrow' }, 'LOCAL_CLOCK'],
    [{ LOCAL_RATE_LIMITS: 'perhaps' }, 'LOCAL_RATE_LIMITS'],
  ])('names the setting that cannot be: %j', async (environment, name) => {
    expect(await refusal(environment)).toContain(name);
  });
});
