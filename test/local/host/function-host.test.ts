import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionHost, startFunctionHost } from '../../../infra/local/host/function-host.ts';
import type { FunctionDefinition } from '../../../infra/local/template/functions.ts';

const directory = mkdtempSync(join(tmpdir(), 'stay-ops-host-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function definition(name: string, code: string): FunctionDefinition {
  writeFileSync(join(directory, `${name}.mjs`), code);
  return {
    name,
    arn: `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
    source: `${name}.mjs`,
    environment: { NAME: name },
    timeoutSeconds: 0.05,
    memoryMb: 256,
    asynchronous: { retries: 0, deadLetterArn: undefined, onFailureArn: undefined },
  };
}

const AT_LOAD =
  'const env = { ...process.env }; let calls = 0; export const handler = async () => ({ env, calls: ++calls });';
const failures: string[] = [];
let host: FunctionHost;
beforeAll(async () => {
  host = await startFunctionHost({
    root: directory,
    functions: [
      definition('one', AT_LOAD),
      definition('two', AT_LOAD),
      definition(
        'context',
        `export const handler = async (event, { getRemainingTimeInMillis, ...context }) =>
          ({ event, left: getRemainingTimeInMillis(), name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB });`,
      ),
      definition('slow', 'export const handler = () => new Promise(() => {});'),
      definition('throws', 'export const handler = () => { throw new Error("at once"); };'),
    ],
    environmentOf: ({ environment }) => ({ ...environment, AWS_REGION: 'eu-west-1' }),
    onFailure: (name, error) => failures.push(`${name}: ${(error as Error).message}`),
  });
});

describe('functions in one process', () => {
  it('each load with their own environment and nothing else; the process keeps its own', async () => {
    expect(await host.invoke('one', {})).toMatchObject({ env: { NAME: 'one', AWS_REGION: 'eu-west-1' } });
    const { env } = (await host.invoke('two', {})) as { env: Record<string, string> };
    expect(env).toEqual({ NAME: 'two', AWS_REGION: 'eu-west-1' });
    expect(process.env.NAME).toBeUndefined();
    expect(process.env.PATH).toBeDefined();
  });

  it('stay warm until they are loaded anew', async () => {
    const { calls } = (await host.invoke('one', {})) as { calls: number };
    expect(calls).toBeGreaterThan(1);
    await host.reload();
    expect(await host.invoke('one', {})).toMatchObject({ calls: 1 });
  });

  it('are told who they are and how long they have', async () => {
    expect(await host.invoke('context', { a: 1 })).toEqual({
      event: { a: 1 },
      left: expect.toSatisfy((left: number) => left > 0 && left <= 50),
      name: 'context',
      arn: 'arn:aws:lambda:eu-west-1:000000000000:function:context',
      memory: '256',
    });
  });

  it('that take too long, or throw at once, fail and are told of', async () => {
    await expect(host.invoke('slow', {})).rejects.toThrow('Task timed out after 0.05 seconds');
    await expect(host.invoke('throws', {})).rejects.toThrow('at once');
    await expect(host.invoke('nobody', {})).rejects.toThrow('There is no function nobody');
    expect(failures).toEqual(['slow: Task timed out after 0.05 seconds', 'throws: at once']);
  });
});

describe('a file that is no function', () => {
  it('stops the start by name', async () => {
    const broken = startFunctionHost({
      root: directory,
      functions: [definition('empty', 'export const other = 1;')],
      environmentOf: () => ({}),
      onFailure: () => undefined,
    });
    await expect(broken).rejects.toThrow('empty.mjs exports no function "handler"');
  });
});
