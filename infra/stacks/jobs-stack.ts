import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { QUEUE_NAMES, type QueueName, queueVariables } from '../../shared/platform/queue/queue-names.ts';
import { isTriggeredBy } from '../config/function-spec.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import { EventFunction } from '../constructs/event-function.ts';
import type { FunctionContext } from '../constructs/platform-function.ts';
import { QueueFunction } from '../constructs/queue-function.ts';
import { WorkQueue } from '../constructs/work-queue.ts';

/** What runs without a caller: dropped files, schedules and the queues of work. */
export class JobsStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & FunctionContext) {
    super(scope, id, props);
    const queues = Object.fromEntries(QUEUE_NAMES.map((name) => [name, this.#addQueue(name, props)]));
    const queueOf = (name: QueueName) => queues[name] as Queue;
    // The queues' own addresses instead of ones made from their names: the SDK sends to the host that stands in them.
    const addresses = queueVariables((name) => queueOf(name).queueUrl);
    const context = { ...props, environment: { ...props.environment, ...addresses } };
    for (const [name, spec] of FUNCTION_LIST) {
      if (isTriggeredBy(spec, 'queue')) {
        new QueueFunction(this, name, spec, { ...context, queue: queueOf(spec.trigger.queue) });
      }
      if (isTriggeredBy(spec, 'objects') || isTriggeredBy(spec, 'schedule')) {
        new EventFunction(this, name, spec, context);
      }
    }
  }

  #addQueue(name: QueueName, { names }: FunctionContext): Queue {
    const workers = FUNCTION_LIST.flatMap(([, spec]) =>
      isTriggeredBy(spec, 'queue') && spec.trigger.queue === name ? [spec] : [],
    );
    const [worker, second] = workers;
    if (worker === undefined || second !== undefined) throw new Error(`Queue ${name} needs exactly one worker`);
    return new WorkQueue(this, `${name}-queue`, { names, name, consumerTimeoutSeconds: worker.timeoutSeconds }).queue;
  }
}
