import * as z from 'zod';
import { ofType, readProperties, unhosted } from './read-properties.ts';
import type { Resource } from './resources.ts';
import { queueNameOf } from './storage.ts';

/** Metadata key under which a function names the file it is bundled from. */
const SOURCE = 'stay-ops:source';

/** A Lambda function as the template describes it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** Path of the handler's file from the root of the project. */
  readonly source: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** What becomes of an asynchronous call that fails. */
  readonly asynchronous: AsynchronousPolicy;
}

export interface AsynchronousPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  /** Queue that gets the event itself at last (`DeadLetterConfig`). */
  readonly deadLetterArn: string | undefined;
  /** Queue that gets an invocation record at last (`OnFailure` destination). */
  readonly onFailureArn: string | undefined;
}

const functionProperties = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});

const invokeProperties = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().default(2),
  DestinationConfig: z
    .object({
      OnFailure: z.object({ Destination: z.string() }).optional(),
      OnSuccess: unhosted('a destination for successes has no local counterpart'),
    })
    .optional(),
});

/** The functions of the system; those that CDK brings along for its own custom resources are none of it. */
export function readFunctions(resources: readonly Resource[]): readonly FunctionDefinition[] {
  const policies = ofType(resources, 'AWS::Lambda::EventInvokeConfig').map((resource) =>
    readProperties(resource, invokeProperties),
  );
  const providers = new Set(
    resources.filter(({ type }) => type.startsWith('Custom::')).map((resource) => resource.property('ServiceToken')),
  );
  return ofType(resources, 'AWS::Lambda::Function')
    .filter(({ arn }) => !providers.has(arn))
    .map((resource) => {
      const source = resource.metadata[SOURCE];
      if (typeof source !== 'string') throw resource.unsupported(`it has no metadata "${SOURCE}" that names its file`);
      const lambda = readProperties(resource, functionProperties);
      const policy = policies.find(({ FunctionName }) => functionNameOf(FunctionName) === lambda.FunctionName);
      return {
        name: lambda.FunctionName,
        arn: resource.arn,
        source,
        environment: lambda.Environment?.Variables ?? {},
        timeoutSeconds: lambda.Timeout,
        memoryMb: lambda.MemorySize,
        asynchronous: {
          retries: policy?.MaximumRetryAttempts ?? 2,
          deadLetterArn: lambda.DeadLetterConfig?.TargetArn,
          onFailureArn: policy?.DestinationConfig?.OnFailure?.Destination,
        },
      };
    });
}

/** A function's name from its name, its ARN, or an address that contains its ARN. */
export function functionNameOf(reference: string): string {
  return /:function:([^:/]+)/.exec(reference)?.[1] ?? reference;
}

const queueSourceProperties = z.object({
  FunctionName: z.string(),
  EventSourceArn: z.string().regex(/^arn:[^:]+:sqs:/, 'only queues can be event sources locally'),
  BatchSize: z.coerce.number().default(10),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  FunctionResponseTypes: z.array(z.string()).default([]),
  FilterCriteria: unhosted('a filter has no local counterpart'),
});

/** A queue whose messages a function works off. */
export interface QueueSource {
  readonly functionName: string;
  readonly queueName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** The function names the messages that failed; without, all messages of the batch share one fate. */
  readonly reportBatchItemFailures: boolean;
}

export function readQueueSources(resources: readonly Resource[]): readonly QueueSource[] {
  return ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .map((resource) => readProperties(resource, queueSourceProperties))
    .filter(({ Enabled }) => Enabled)
    .map((mapping) => ({
      functionName: functionNameOf(mapping.FunctionName),
      queueName: queueNameOf(mapping.EventSourceArn),
      queueArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize,
      batchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
      reportBatchItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    }));
}

const lambdaNotification = z.object({
  Events: z.array(z.string().regex(/^s3:ObjectCreated:/, 'only the creation of objects is told of locally')),
  LambdaFunctionArn: z.string(),
  Filter: z
    .object({ Key: z.object({ FilterRules: z.array(z.object({ Name: z.string(), Value: z.string() })) }) })
    .optional(),
});
const notificationProperties = z.object({
  BucketName: z.string(),
  NotificationConfiguration: z.strictObject({ LambdaFunctionConfigurations: z.array(lambdaNotification).default([]) }),
});

/** A function that is told of new objects of a bucket. */
export interface ObjectNotification {
  readonly bucketName: string;
  readonly functionName: string;
  /** e.g. `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
}

export function readObjectNotifications(resources: readonly Resource[]): readonly ObjectNotification[] {
  return ofType(resources, 'Custom::S3BucketNotifications').flatMap((resource) => {
    const { BucketName, NotificationConfiguration } = readProperties(resource, notificationProperties);
    return NotificationConfiguration.LambdaFunctionConfigurations.map(({ Events, LambdaFunctionArn, Filter }) => {
      const rules = Filter?.Key.FilterRules ?? [];
      const rule = (name: string) => rules.find(({ Name }) => Name.toLowerCase() === name)?.Value;
      return {
        bucketName: BucketName,
        functionName: functionNameOf(LambdaFunctionArn),
        events: Events,
        prefix: rule('prefix'),
        suffix: rule('suffix'),
      };
    });
  });
}
