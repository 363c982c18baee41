import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { TriggeredBy } from '../config/function-spec.ts';
import { BucketNotification } from './bucket-notification.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { type FunctionContext, PlatformFunction } from './platform-function.ts';
import { Schedule } from './schedule.ts';

/** After an hour the next round of a schedule has long been due. */
const SCHEDULED_CALL_MAX_AGE_S = 3_600;

/** A function called asynchronously, by objects or by the clock; what it fails for good waits in its dead letters. */
export class EventFunction extends PlatformFunction {
  constructor(
    scope: Construct,
    functionName: string,
    spec: TriggeredBy<'objects' | 'schedule'>,
    context: FunctionContext,
  ) {
    // A sibling, because the function has to be built with its queue.
    const deadLetters = new DeadLetterQueue(
      new Construct(scope, `${functionName}-failures`),
      'Queue',
      context.names.deadLetters(functionName),
    );
    super(scope, functionName, spec, context, { deadLetters, retries: spec.trigger.retries });
    this.#listen(functionName, spec.trigger, context, deadLetters);
  }

  #listen(
    functionName: string,
    trigger: TriggeredBy<'objects' | 'schedule'>['trigger'],
    { names }: FunctionContext,
    deadLetters: Queue,
  ): void {
    if (trigger.kind === 'objects') {
      const { bucket, prefix } = trigger;
      new BucketNotification(this, 'Objects', { bucket, prefix, names, target: this.lambda });
      return;
    }
    new Schedule(this, 'Clock', {
      name: names.schedule(functionName),
      rate: trigger.rate,
      target: this.lambda,
      deadLetters,
      retries: trigger.retries,
      maximumAgeSeconds: SCHEDULED_CALL_MAX_AGE_S,
    });
  }
}
