import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { type LocalSqs, type QueueDeclaration, type SqsOptions, startSqs } from '../../../infra/local/sqs/start-sqs.ts';

const CREDENTIALS = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
export const REGION = 'eu-south-2';

export interface GivenSqs {
  readonly sqs: LocalSqs;
  readonly client: SQSClient;
}

/** A running emulator and a default SDK client; both end with the test. */
export async function givenSqs(options: Partial<SqsOptions> = {}): Promise<GivenSqs> {
  const sqs = await startSqs({
    dataDirectory: undefined,
    credentials: CREDENTIALS,
    region: REGION,
    accountId: '123456789012',
    ...options,
  });
  const client = clientOf(sqs);
  onTestFinished(async () => {
    client.destroy();
    await sqs.close();
  });
  return { sqs, client };
}

export function clientOf(sqs: LocalSqs, config: SQSClientConfig = {}): SQSClient {
  return new SQSClient({ endpoint: sqs.endpoint, region: REGION, credentials: CREDENTIALS, ...config });
}

export interface GivenQueue extends GivenSqs {
  readonly url: string;
  readonly arn: string;
  send(MessageBody: string, more?: Partial<SendMessageCommandInput>): Promise<string>;
  receive(more?: Partial<ReceiveMessageCommandInput>): Promise<Message[]>;
  /** Visible, in flight, delayed. */
  counts(): Promise<readonly [number, number, number]>;
}

/** A queue, with the calls the tests make on it. */
export async function givenQueue(declaration: Partial<QueueDeclaration> = {}, given?: GivenSqs): Promise<GivenQueue> {
  const { sqs, client } = given ?? (await givenSqs());
  const { url, arn } = await sqs.createQueue({ name: 'work', ...declaration });
  return {
    sqs,
    client,
    url,
    arn,
    send: async (MessageBody, more = {}) => {
      const sent = await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody, ...more }));
      return sent.MessageId ?? '';
    },
    receive: async (more = {}) => {
      const input = { QueueUrl: url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const], ...more };
      return (await client.send(new ReceiveMessageCommand(input))).Messages ?? [];
    },
    counts: async () => {
      const input = { QueueUrl: url, AttributeNames: ['All' as const] };
      const { Attributes } = await client.send(new GetQueueAttributesCommand(input));
      return [
        Number(Attributes?.ApproximateNumberOfMessages),
        Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
        Number(Attributes?.ApproximateNumberOfMessagesDelayed),
      ];
    },
  };
}

export function givenDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'local-sqs-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function exceptionOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: Error) => error.name,
  );
}

/** A promise with its two ends, to hold a handler in mid-work. */
export function gate<T = void>() {
  return Promise.withResolvers<T>();
}
