import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createAsyncInvocations } from '../../../infra/local/host/async-invocations.ts';
import type { FunctionDefinition } from '../../../infra/local/template/functions.ts';

const directory = mkdtempSync(join(tmpdir(), 'stay-ops-async-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const worker: FunctionDefinition = {
  name: 'worker',
  arn: 'arn:aws:lambda:eu-west-1:000000000000:function:worker',
  source: '',
  environment: {},
  timeoutSeconds: 3,
  memoryMb: 128,
  asynchronous: { retries: 2, deadLetterArn: 'arn:dead', onFailureArn: 'arn:failed' },
};

let calls: unknown[] = [];
let failures = 0;
let refusals = 0;
let sent: { queue: string; body: unknown; attributes: Readonly<Record<string, string>> }[] = [];
beforeEach(() => {
  calls = [];
  failures = 0;
  refusals = 0;
  sent = [];
});
const start = (journal?: string) =>
  createAsyncInvocations({
    functions: [worker],
    invoke: async (_, event) => {
      calls.push(event);
      if (calls.length <= failures) throw new Error(`failure ${calls.length}`);
    },
    send: async (queue, body, attributes) => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('The queue is away');
      sent.push({ queue, body: JSON.parse(body), attributes });
    },
    now: () => new Date('2026-11-21T09:30:00Z'),
    journal,
  });

describe('an asynchronous call', () => {
  it('that fails is repeated as often as the policy says', async () => {
    failures = 2;
    const events = start();
    events.enqueue('worker', { a: 1 });
    await expect.poll(events.pending).toBe(0);
    expect(calls).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect(sent).toEqual([]);
  });

  it('that fails for good goes to the dead-letter queue, and is told of to the destination', async () => {
    failures = 9;
    const events = start();
    events.enqueue('worker', { a: 1 });
    await expect.poll(events.pending).toBe(0);
    expect(calls).toHaveLength(3);
    expect(sent).toEqual([
      {
        queue: 'arn:dead',
        body: { a: 1 },
        attributes: { RequestID: expect.any(String), ErrorCode: '200', ErrorMessage: 'failure 3' },
      },
      {
        queue: 'arn:failed',
        body: expect.objectContaining({
          requestPayload: { a: 1 },
          requestContext: expect.objectContaining({ condition: 'RetriesExhausted', approximateInvokeCount: 3 }),
          responsePayload: { errorType: 'Error', errorMessage: 'failure 3' },
        }),
        attributes: {},
      },
    ]);
  });

  it('that fails for good while the queue is away is kept until the queue is back', async () => {
    failures = 9;
    refusals = 2;
    const events = start();
    events.enqueue('worker', { a: 1 });
    await expect.poll(events.pending, { timeout: 5_000 }).toBe(0);
    expect(sent.map(({ queue }) => queue)).toEqual(['arn:dead', 'arn:failed']);
  });
});

describe('the journal', () => {
  it('holds what is not settled, and the next process takes it up', async () => {
    const journal = join(directory, 'events.json');
    writeFileSync(journal, JSON.stringify([{ id: '1', functionName: 'worker', payload: '{"left":true}' }]));
    const events = start(journal);
    await expect.poll(events.pending).toBe(0);
    expect(calls).toEqual([{ left: true }]);
    expect(JSON.parse(readFileSync(journal, 'utf8'))).toEqual([]);
  });

  it('keeps an event whose tries the end of the process has cut short', async () => {
    const journal = join(directory, 'cut.json');
    failures = 9;
    const events = start(journal);
    events.enqueue('worker', { a: 1 });
    await events.close();
    expect(calls.length).toBeLessThan(3);
    expect(sent).toEqual([]);
    expect(JSON.parse(readFileSync(journal, 'utf8'))).toMatchObject([{ payload: '{"a":1}' }]);
  });

  it('drops an event of a function that is no more', async () => {
    const journal = join(directory, 'gone.json');
    writeFileSync(journal, JSON.stringify([{ id: '1', functionName: 'gone', payload: '{}' }]));
    const events = start(journal);
    await expect.poll(events.pending).toBe(0);
    expect([calls, JSON.parse(readFileSync(journal, 'utf8'))]).toEqual([[], []]);
  });
});
