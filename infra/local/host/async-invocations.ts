import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { readStateFile, writeStateFile } from '../aws-json/state-file.ts';
import type { FunctionDefinition } from '../template/functions.ts';
import { concurrencyGate } from './concurrency-gate.ts';

/** Lambda waits one and two minutes before its second and third try; nobody waits that long at a desk. */
const RETRY_DELAY_MS = 150;
/** Tries of handing a failed event to its queue: together longer than queues are away here for. */
const MOST_SENDS = 12;
/** Events handled side by side: Lambda has a process for each, this machine has one for all and few processors. */
const MOST_AT_ONCE = 8;

export interface AsyncInvocations {
  /** Takes the event and returns at once; the function is called, and called again if it fails. */
  enqueue(functionName: string, event: unknown): void;
  /** Events taken and not yet settled. */
  pending(): number;
  /** Takes no more events, and resolves when those under way have had their current try. */
  close(): Promise<void>;
}

interface AsyncOptions {
  readonly functions: readonly FunctionDefinition[];
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  /** Puts a message into the queue of this ARN. */
  readonly send: (queueArn: string, body: string, attributes: Readonly<Record<string, string>>) => Promise<void>;
  readonly now: () => Date;
  /** File with the events that are not settled, so that none is lost when the process dies; undefined keeps none. */
  readonly journal: string | undefined;
}

const takenEvent = z.object({ id: z.string(), functionName: z.string(), payload: z.string() });
type TakenEvent = z.infer<typeof takenEvent>;

/**
 * Lambda's asynchronous invocation: at least once, with the tries of the function's policy, then its dead-letter queue
 * and its destination for failures (Lambda developer guide, "Error handling for asynchronous invocation"). Events that
 * an earlier process has left are taken up.
 */
export function createAsyncInvocations(options: AsyncOptions): AsyncInvocations {
  const { functions, invoke, journal } = options;
  const definitions = new Map(functions.map((definition) => [definition.name, definition]));
  const kept = journal === undefined ? undefined : readStateFile(journal);
  const open = new Map<string, TakenEvent>();
  const underWay = new Set<Promise<void>>();
  const gate = concurrencyGate(MOST_AT_ONCE);
  let closed = false;

  function save(): void {
    if (journal !== undefined) writeStateFile(journal, [...open.values()]);
  }

  /** The error of the last try; undefined after a success. */
  async function attempts({ functionName, payload }: TakenEvent, retries: number): Promise<unknown> {
    for (let tried = 0; ; tried += 1) {
      try {
        await gate(() => invoke(functionName, JSON.parse(payload)));
        return undefined;
      } catch (error) {
        if (tried >= retries || closed) return error ?? new Error('The function failed.');
        await delay(RETRY_DELAY_MS * (tried + 1));
      }
    }
  }

  /** Lambda has the event until a queue has it; one that is away for a while loses nothing. */
  const send: AsyncOptions['send'] = async (...message) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await options.send(...message);
      } catch (error) {
        if (tried >= MOST_SENDS || closed) throw error;
        await delay(RETRY_DELAY_MS * tried);
      }
    }
  };

  async function settle(event: TakenEvent): Promise<void> {
    const definition = definitions.get(event.functionName);
    // The function may have gone since an earlier process took the event.
    if (definition !== undefined) {
      const error = await attempts(event, definition.asynchronous.retries);
      // What was cut short by the end of the process stays in the journal.
      if (error !== undefined && closed) return;
      if (error !== undefined) await giveUp(event, definition, error, { ...options, send });
    }
    open.delete(event.id);
    save();
  }

  function take(event: TakenEvent): void {
    open.set(event.id, event);
    const work: Promise<void> = settle(event)
      .catch((error: unknown) => console.error(`A failed event of ${event.functionName} could not be kept`, error))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  for (const event of z.array(takenEvent).parse(kept ?? [])) take(event);
  return {
    enqueue(functionName, event) {
      if (closed) return;
      take({ id: randomUUID(), functionName, payload: JSON.stringify(event) });
      save();
    },
    pending: () => underWay.size,
    async close() {
      closed = true;
      await Promise.all(underWay);
    },
  };
}

async function giveUp(
  { payload }: TakenEvent,
  { arn, asynchronous }: FunctionDefinition,
  thrown: unknown,
  { send, now }: AsyncOptions,
): Promise<void> {
  const { retries, deadLetterArn, onFailureArn } = asynchronous;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const requestId = randomUUID();
  if (deadLetterArn !== undefined) {
    const ErrorMessage = error.message.slice(0, 1024) || 'none';
    await send(deadLetterArn, payload, { RequestID: requestId, ErrorCode: '200', ErrorMessage });
  }
  if (onFailureArn === undefined) return;
  const record = {
    version: '1.0',
    timestamp: now().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: retries + 1,
    },
    requestPayload: JSON.parse(payload),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: error.name, errorMessage: error.message },
  };
  await send(onFailureArn, JSON.stringify(record), {});
}
