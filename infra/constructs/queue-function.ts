import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { TriggeredBy } from '../config/function-spec.ts';
import { type FunctionContext, PlatformFunction } from './platform-function.ts';

/** A function that takes its work from a queue; SQS hears which messages of a batch failed. */
export class QueueFunction extends PlatformFunction {
  constructor(
    scope: Construct,
    functionName: string,
    spec: TriggeredBy<'queue'>,
    context: FunctionContext & { readonly queue: Queue },
  ) {
    super(scope, functionName, spec, context);
    this.lambda.addEventSourceMapping('Work', {
      eventSourceArn: context.queue.queueArn,
      batchSize: spec.trigger.batchSize,
      reportBatchItemFailures: true,
    });
  }
}
