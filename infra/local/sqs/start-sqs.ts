import { join } from 'node:path';
import type { FaultSwitch } from '../aws-json/faults.ts';
import { startJsonServer } from '../aws-json/json-server.ts';
import type { Credentials } from '../aws-json/verify-signature.ts';
import { messageOperations } from './message-operations.ts';
import { createQueue, type Queue, type QueueSettings } from './queue.ts';
import { createMemoryJournal, openJournal } from './queue-journal.ts';
import { queueOperations } from './queue-operations.ts';
import { type QueueDirectory, queueDoesNotExist } from './sqs-error.ts';

export interface SqsOptions {
  /** Directory of this emulator alone; undefined keeps everything in memory. */
  readonly dataDirectory: string | undefined;
  readonly credentials: Credentials;
  readonly region: string;
  /** Twelve digits, in ARNs and queue addresses. */
  readonly accountId: string;
  /**
   * The machine's clock. Delays and visibility follow it, and not the platform's, so that moving the platform's clock
   * takes no message away from a handler at work; see {@link LocalSqs.advance}.
   */
  readonly machineNow?: () => Date;
  /** Any free port by default. */
  readonly port?: number;
}

/** A standard queue as the template declares it; what is left out has the default of SQS. */
export interface QueueDeclaration extends Partial<QueueSettings> {
  readonly name: string;
}

export interface LocalSqs {
  /** For `AWS_ENDPOINT_URL_SQS`. */
  readonly endpoint: string;
  readonly faults: FaultSwitch;
  /** Creates the queue with the messages an earlier run left in it. A FIFO queue is refused. */
  createQueue(declaration: QueueDeclaration): Promise<{ readonly url: string; readonly arn: string }>;
  /** Lets time pass for delays, visibility and retention at once. */
  advance(milliseconds: number): void;
  /** Removes every message; queues stay. */
  reset(): void;
  close(): Promise<void>;
}

/** SQS's defaults, but for the size: 256 KiB holds in every region and for every consumer, 1 MiB does not. */
const DEFAULTS: QueueSettings = {
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
  retentionSeconds: 345_600,
  receiveWaitSeconds: 0,
  maximumMessageBytes: 262_144,
  redrive: undefined,
};

/** Starts the SQS emulator on the loopback address. */
export async function startSqs(options: SqsOptions): Promise<LocalSqs> {
  const { credentials, region, accountId, machineNow = () => new Date() } = options;
  const queues = new Map<string, Queue>();
  let advanced = 0;
  const now = () => machineNow().getTime() + advanced;
  const directory: QueueDirectory = {
    byUrl: (url) => directory.byName(url.slice(url.lastIndexOf('/') + 1)),
    byName: (name) => {
      const queue = queues.get(name);
      if (queue === undefined) throw queueDoesNotExist();
      return queue;
    },
    all: () => [...queues.values()],
    urlOf: (queue) => `${server.endpoint}/${accountId}/${queue.name}`,
  };
  const server = await startJsonServer({
    targetPrefix: 'AmazonSQS',
    operations: { ...messageOperations(directory), ...queueOperations(directory) },
    signatures: { credentials, region, service: 'sqs', clocks: [machineNow] },
    internalErrorCode: 'InternalError',
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return {
    endpoint: server.endpoint,
    faults: server.faults,
    createQueue: async ({ name, ...settings }) => {
      if (!/^[\w-]{1,80}$/.test(name)) throw new Error(`${name} cannot be the name of a standard queue.`);
      queues.get(name)?.close();
      const queue = createQueue({
        name,
        arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
        settings: { ...DEFAULTS, ...settings },
        journal: journalOf(options.dataDirectory, name),
        now,
        findQueue: (other) => queues.get(other),
      });
      queues.set(name, queue);
      return { url: directory.urlOf(queue), arn: queue.arn };
    },
    advance: (milliseconds) => {
      advanced += milliseconds;
      for (const queue of queues.values()) queue.wake();
    },
    reset: () => {
      for (const queue of queues.values()) queue.clear();
    },
    close: async () => {
      for (const queue of queues.values()) queue.close();
      queues.clear();
      await server.close();
    },
  };
}

function journalOf(dataDirectory: string | undefined, name: string) {
  return dataDirectory === undefined ? createMemoryJournal() : openJournal(join(dataDirectory, `${name}.jsonl`));
}
