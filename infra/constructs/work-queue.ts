import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { QueueName } from '../../shared/platform/queue/queue-names.ts';
import type { Names } from '../config/names.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** Times that a message is handed out before it counts as undeliverable. */
const MOST_RECEIVES = 5;
/** What AWS asks for between a function's timeout and its queue's visibility, so that retries do not overlap. */
const VISIBILITY_FACTOR = 6;

/** A queue of work that changes have caused, with the dead letters behind it. */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: { names: Names; name: QueueName; consumerTimeoutSeconds: number }) {
    super(scope, id);
    const { names, name, consumerTimeoutSeconds } = props;
    this.queue = new Queue(this, 'Queue', {
      queueName: names.queue(name),
      visibilityTimeout: Duration.seconds(VISIBILITY_FACTOR * consumerTimeoutSeconds),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: {
        queue: new DeadLetterQueue(this, 'DeadLetters', names.deadLetters(name)),
        maxReceiveCount: MOST_RECEIVES,
      },
    });
  }
}
