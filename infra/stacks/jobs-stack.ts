import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { isTriggeredBy } from '../config/function-spec.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import { EventFunction } from '../constructs/event-function.ts';
import type { FunctionContext } from '../constructs/platform-function.ts';
import { QueueFunction } from '../constructs/queue-function.ts';
import { WorkQueue } from '../constructs/work-queue.ts';

/** What runs without a caller: dropped files, schedules and the work queue. */
export class JobsStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & FunctionContext) {
    super(scope, id, props);
    const consumers = FUNCTION_LIST.flatMap(([, spec]) => (isTriggeredBy(spec, 'work-queue') ? [spec] : []));
    const { queue } = new WorkQueue(this, 'Work', {
      names: props.names,
      consumerTimeoutSeconds: Math.max(...consumers.map((spec) => spec.timeoutSeconds)),
    });
    // The queue's own address instead of one made from its name: the SDK sends to the host that stands in it.
    const context = { ...props, environment: { ...props.environment, WORK_QUEUE_URL: queue.queueUrl } };
    for (const [name, spec] of FUNCTION_LIST) {
      if (isTriggeredBy(spec, 'work-queue')) new QueueFunction(this, name, spec, { ...context, queue });
      if (isTriggeredBy(spec, 'objects') || isTriggeredBy(spec, 'schedule')) {
        new EventFunction(this, name, spec, context);
      }
    }
  }
}
