import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { S3EventRecord } from 'aws-lambda';
import { decodeEventKey, matchesNotification } from '../s3/notification.ts';
import { scheduledEvent } from '../scheduler/scheduled-event.ts';
import { type Scheduler, startScheduler } from '../scheduler/scheduler.ts';
import type { ObjectNotification } from '../template/functions.ts';
import type { ScheduleDefinition } from '../template/schedules.ts';
import { queueNameOf } from '../template/storage.ts';
import type { SystemDefinition } from '../template/system.ts';
import type { Place } from '../template/template.ts';
import { createAsyncInvocations } from './async-invocations.ts';
import { startQueueSources } from './queue-sources.ts';

/** Everything that calls functions without a client: new objects, schedules, queues. */
export interface EventDelivery {
  readonly scheduler: Scheduler;
  /** Tells the functions that want to know of a new object. */
  objectCreated(record: S3EventRecord): void;
  /** Runs a schedule's function now and answers what it answered. */
  runNow(schedule: ScheduleDefinition): Promise<unknown>;
  /** Resolves when nothing is under way or waits to be. Rejects when that takes too long. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

interface DeliveryOptions {
  readonly system: SystemDefinition;
  readonly place: Place;
  readonly dataDirectory: string | undefined;
  readonly queueUrl: (queueName: string) => string;
  readonly now: () => Date;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
}

const LONGEST_DRAIN_MS = 30_000;
const DRAIN_LOOK_MS = 10;

export function startEventDelivery(options: DeliveryOptions): EventDelivery {
  const { system, place, dataDirectory, queueUrl, now } = options;
  const client = new SQSClient({});
  // What Lambda is handed and answers has been JSON on the way.
  const invoke = async (functionName: string, event: unknown): Promise<unknown> => {
    const answer = await options.invoke(functionName, JSON.parse(JSON.stringify(event)));
    return answer === undefined ? null : JSON.parse(JSON.stringify(answer));
  };
  const queues = startQueueSources({ client, sources: system.queueSources, region: place.region, queueUrl, invoke });
  const events = createAsyncInvocations({
    functions: system.functions,
    invoke,
    send: (arn, body, attributes) => sendMessage(client, queueUrl(queueNameOf(arn)), body, attributes),
    now,
    journal: dataDirectory && join(dataDirectory, 'async-events.json'),
  });
  const scheduler = startScheduler({
    schedules: system.schedules,
    now,
    run: (schedule, dueAt) => events.enqueue(schedule.functionName, scheduledEvent(schedule, dueAt, place)),
  });
  return {
    scheduler,
    objectCreated(record) {
      for (const notification of system.objectNotifications) {
        if (concerns(notification, record)) events.enqueue(notification.functionName, { Records: [record] });
      }
    },
    runNow: (schedule) => invoke(schedule.functionName, scheduledEvent(schedule, now(), place)),
    async drain() {
      const deadline = performance.now() + LONGEST_DRAIN_MS;
      const left = async () => events.pending() + (await queues.pending()) + events.pending();
      while ((await left()) > 0) {
        if (performance.now() > deadline) throw new Error('Events or messages are still under way after 30 s.');
        await delay(DRAIN_LOOK_MS);
      }
    },
    async close() {
      scheduler.close();
      await Promise.all([events.close(), queues.stop()]);
      client.destroy();
    },
  };
}

function concerns(notification: ObjectNotification, record: S3EventRecord): boolean {
  const { bucket, object } = record.s3;
  return (
    notification.bucketName === bucket.name &&
    notification.events.some((event) => isOfKind(record.eventName, event)) &&
    matchesNotification(notification, decodeEventKey(object.key))
  );
}

/** `ObjectCreated:Put` is of the kinds `s3:ObjectCreated:Put` and `s3:ObjectCreated:*`. */
function isOfKind(eventName: string, wanted: string): boolean {
  const kind = wanted.replace(/^s3:/, '');
  return kind.endsWith('*') ? eventName.startsWith(kind.slice(0, -1)) : eventName === kind;
}

async function sendMessage(
  client: SQSClient,
  url: string,
  body: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
  await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, MessageAttributes }));
}
