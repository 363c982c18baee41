import * as z from 'zod';
import { type JsonOperation, jsonOperation } from '../aws-json/json-server.ts';
import type { Queue } from './queue.ts';
import { invalidParameter, type QueueDirectory, SQS_INVALID_CODE } from './sqs-error.ts';

const onQueue = z.object({ QueueUrl: z.string().min(1) });

/** Finding, describing and emptying queues. Creating them is the template's business. */
export function queueOperations(queues: QueueDirectory): Record<string, JsonOperation> {
  return {
    GetQueueUrl: jsonOperation(
      z.object({ QueueName: z.string().min(1) }),
      ({ QueueName }) => ({ QueueUrl: queues.urlOf(queues.byName(QueueName)) }),
      SQS_INVALID_CODE,
    ),
    ListQueues: jsonOperation(z.object({ QueueNamePrefix: z.string().default('') }), ({ QueueNamePrefix }) => {
      const found = queues.all().filter(({ name }) => name.startsWith(QueueNamePrefix));
      return found.length === 0 ? {} : { QueueUrls: found.map(queues.urlOf) };
    }),
    GetQueueAttributes: jsonOperation(
      onQueue.extend({ AttributeNames: z.array(z.string()).default([]) }),
      ({ QueueUrl, AttributeNames }) => {
        const all = attributesOf(queues.byUrl(QueueUrl), queues);
        const unknown = AttributeNames.find((name) => name !== 'All' && !(name in all) && !OPTIONAL.has(name));
        if (unknown !== undefined) throw invalidParameter(`Unknown Attribute ${unknown}.`);
        const wanted = Object.entries(all).filter(
          ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
        );
        return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
      },
      SQS_INVALID_CODE,
    ),
    PurgeQueue: jsonOperation(
      onQueue,
      ({ QueueUrl }) => {
        queues.byUrl(QueueUrl).clear();
        return {};
      },
      SQS_INVALID_CODE,
    ),
  };
}

/** Attributes a queue may be without. */
const OPTIONAL = new Set(['RedrivePolicy', 'RedriveAllowPolicy', 'Policy', 'KmsMasterKeyId', 'FifoQueue']);

function attributesOf(queue: Queue, queues: QueueDirectory): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts();
  const { settings } = queue;
  const created = String(Math.floor(queue.createdAt / 1000));
  const deadLetters = queues.all().find(({ name }) => name === settings.redrive?.deadLetterQueueName);
  const maxReceiveCount = settings.redrive?.maxReceiveCount;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    MaximumMessageSize: String(settings.maximumMessageBytes),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    DelaySeconds: String(settings.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitSeconds),
    SqsManagedSseEnabled: 'true',
    ...(deadLetters === undefined
      ? {}
      : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }) }),
  };
}
