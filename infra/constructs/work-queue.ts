import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../config/names.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** Times that a message is handed out before it counts as undeliverable. */
const MOST_RECEIVES = 5;
/** What AWS asks for between a function's timeout and its queue's visibility, so that retries do not overlap. */
const VISIBILITY_FACTOR = 6;

/** The queue of work that changes have caused, with the dead letters behind it. */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: { names: Names; consumerTimeoutSeconds: number }) {
    super(scope, id);
    const { names, consumerTimeoutSeconds } = props;
    this.queue = new Queue(this, 'Queue', {
      queueName: names.workQueue,
      visibilityTimeout: Duration.seconds(VISIBILITY_FACTOR * consumerTimeoutSeconds),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: {
        queue: new DeadLetterQueue(this, 'DeadLetters', names.workDeadLetters),
        maxReceiveCount: MOST_RECEIVES,
      },
    });
  }
}
