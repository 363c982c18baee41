import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AroundInvocation } from '../../infra/local/host/function-host.ts';
import { type LocalCloud, startLocalCloud } from '../../infra/local/local-cloud.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { ApiClient } from './api-client.ts';
import { Given } from './given.ts';
import { madeTemplates } from './synthesise-once.ts';

/** The whole platform in memory, with what tests need around it. */
export interface TestCloud {
  readonly cloud: LocalCloud;
  readonly table: Table;
  readonly given: Given;
  /** Nobody's client; `signIn` makes somebody's. */
  readonly client: ApiClient;
  /** Moves every clock on by some seconds. */
  passTime(seconds: number): Promise<void>;
  /** Calls a function by its folder's name, as AWS would. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Fires the late check-in schedule and waits for all that follows. */
  runLateCheckin(): Promise<void>;
  /** Mails that left, newest first. */
  mails(): ReturnType<LocalCloud['outbox']['list']>;
  /** The next mails fail at the mail service. */
  failMails(fault: 'down' | '401' | '429', times: number): void;
  /** Bodies in all dead-letter queues, taken out of them. */
  deadLetters(): Promise<readonly string[]>;
  /** Sets every clock. */
  setTime(instant: string): Promise<void>;
  close(): Promise<void>;
}

interface TestCloudOptions {
  readonly rateLimits?: boolean;
  readonly clock?: string;
  readonly loud?: boolean;
  /** Stands around every call of a function. */
  readonly around?: AroundInvocation;
}

/** The one before in this process: a suite that failed may have left it running, and the next must not fail for it. */
let earlier: LocalCloud | undefined;

/** Starts a local cloud on a free port, empty and in memory: the same one that `npm start` runs. */
export async function startTestCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const templates = await madeTemplates();
  await earlier?.close();
  const cloud = await startLocalCloud({
    port: 0,
    dataDirectory: undefined,
    rateLimits: options.rateLimits ?? false,
    ...(options.clock !== undefined && { clock: new Date(options.clock) }),
    ...(options.around !== undefined && { around: options.around }),
    // Loud: functions log all that they have to say, and what a function throws is printed as Lambda prints it.
    quiet: options.loud !== true,
    ...(options.loud && { environment: { POWERTOOLS_LOG_LEVEL: 'DEBUG' } }),
    ...(templates && { templates }),
  });
  earlier = cloud;
  const table = new Table(documentClient(), cloud.info.table);
  return {
    cloud,
    table,
    given: new Given(table),
    client: new ApiClient(cloud.address),
    invoke: (name, event) => cloud.invoke(`stay-ops-local-${name}`, event),
    async runLateCheckin() {
      await cloud.runSchedule('stay-ops-local-late-checkin');
      await cloud.drain();
    },
    mails: () => cloud.outbox.list(),
    failMails(fault, times) {
      cloud.partners.find(({ name }) => name === 'mailgun')?.fault.set({ fault, times });
    },
    deadLetters: () =>
      takeAll(Object.entries(cloud.info.queues).flatMap(([name, url]) => (name.endsWith('dlq') ? [url] : []))),
    passTime: (seconds) => cloud.setClock(new Date(cloud.now().getTime() + seconds * 1000)),
    setTime: (instant) => cloud.setClock(new Date(instant)),
    close: () => cloud.close(),
  };
}

async function takeAll(queueUrls: readonly string[]): Promise<readonly string[]> {
  const sqs = new SQSClient({});
  const bodies: string[] = [];
  for (const QueueUrl of queueUrls) {
    let messages: Message[];
    do {
      const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3_600 });
      messages = (await sqs.send(receive)).Messages ?? [];
      bodies.push(...messages.map(({ Body }) => Body ?? ''));
    } while (messages.length > 0);
  }
  return bodies;
}
