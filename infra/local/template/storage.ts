import * as z from 'zod';
import { ofType, readProperties, unhosted } from './read-properties.ts';
import type { Resource } from './resources.ts';

/** What the template may write as a boolean. */
const flag = z.union([z.boolean(), z.stringbool()]).optional();

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const secondaryIndexes = z.array(z.object({ IndexName: z.string(), KeySchema: keySchema, Projection: projection }));

const tableProperties = z.object({
  TableName: z.string(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: secondaryIndexes.optional(),
  LocalSecondaryIndexes: secondaryIndexes.optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: flag }).optional(),
  StreamSpecification: unhosted('a stream has no local counterpart'),
});

/** A table in the words of `CreateTable`, and the attribute that holds when an item expires. */
export interface TableDefinition {
  readonly name: string;
  readonly attributes: z.output<typeof tableProperties>['AttributeDefinitions'];
  readonly keySchema: z.output<typeof keySchema>;
  readonly globalIndexes: z.output<typeof secondaryIndexes>;
  readonly localIndexes: z.output<typeof secondaryIndexes>;
  readonly ttlAttribute: string | undefined;
}

export function readTables(resources: readonly Resource[]): readonly TableDefinition[] {
  return ofType(resources, 'AWS::DynamoDB::Table').map((resource) => {
    const table = readProperties(resource, tableProperties);
    const ttl = table.TimeToLiveSpecification;
    return {
      name: table.TableName,
      attributes: table.AttributeDefinitions,
      keySchema: table.KeySchema,
      globalIndexes: table.GlobalSecondaryIndexes ?? [],
      localIndexes: table.LocalSecondaryIndexes ?? [],
      ttlAttribute: ttl?.Enabled === true ? ttl.AttributeName : undefined,
    };
  });
}

const bucketProperties = z.object({
  BucketName: z.string(),
  LifecycleConfiguration: z
    .object({
      Rules: z.array(
        z.object({
          Status: z.enum(['Enabled', 'Disabled']),
          Prefix: z.string().optional(),
          ExpirationInDays: z.coerce.number().int().positive().optional(),
          TagFilters: unhosted('a lifecycle rule by tag has no local counterpart'),
        }),
      ),
    })
    .optional(),
  NotificationConfiguration: unhosted('add notifications with addEventNotification instead'),
});

export interface BucketDefinition {
  readonly name: string;
  /** Objects under the prefix (all when absent) die so many days after their creation. CORS: local buckets let any page in. */
  readonly expirations: readonly { readonly prefix: string | undefined; readonly days: number }[];
}

export function readBuckets(resources: readonly Resource[]): readonly BucketDefinition[] {
  return ofType(resources, 'AWS::S3::Bucket').map((resource) => {
    const bucket = readProperties(resource, bucketProperties);
    const rules = bucket.LifecycleConfiguration?.Rules ?? [];
    return {
      name: bucket.BucketName,
      expirations: rules.flatMap(({ Status, Prefix, ExpirationInDays }) =>
        Status === 'Enabled' && ExpirationInDays !== undefined ? [{ prefix: Prefix, days: ExpirationInDays }] : [],
      ),
    };
  });
}

const keyProperties = z.object({
  Description: z.string().optional(),
  EnableKeyRotation: flag,
  KeySpec: z.literal('SYMMETRIC_DEFAULT', 'only symmetric keys have a local counterpart').optional(),
});
const aliasProperties = z.object({ AliasName: z.string(), TargetKeyId: z.string() });

export interface KeyDefinition {
  /** A UUID that stays the same from start to start. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly rotates: boolean;
}

export function readKeys(resources: readonly Resource[]): readonly KeyDefinition[] {
  const aliases = ofType(resources, 'AWS::KMS::Alias').map((resource) => readProperties(resource, aliasProperties));
  return ofType(resources, 'AWS::KMS::Key').map((resource) => ({
    id: resource.id,
    aliases: aliases
      .filter(({ TargetKeyId }) => [resource.id, resource.arn].includes(TargetKeyId))
      .map((a) => a.AliasName),
    rotates: readProperties(resource, keyProperties).EnableKeyRotation === true,
  }));
}

const secretProperties = z.object({
  Name: z.string(),
  Description: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: z.record(z.string(), z.unknown()).optional(),
});

export interface SecretDefinition {
  readonly name: string;
  readonly arn: string;
  /** What its value is, or how it is made up, in the template's words. */
  readonly properties: Omit<z.output<typeof secretProperties>, 'Name'>;
}

export function readSecrets(resources: readonly Resource[]): readonly SecretDefinition[] {
  return ofType(resources, 'AWS::SecretsManager::Secret').map((resource) => {
    const { Name: name, ...properties } = readProperties(resource, secretProperties);
    return { name, arn: resource.arn, properties };
  });
}

const queueProperties = z.object({
  QueueName: z.string(),
  VisibilityTimeout: z.coerce.number().default(30),
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  DelaySeconds: z.coerce.number().default(0),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
  FifoQueue: flag.refine((fifo) => fifo !== true, 'a FIFO queue has no local counterpart'),
});

/** A standard queue. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  readonly delaySeconds: number;
  readonly redrive: { readonly deadLetterQueueName: string; readonly maxReceiveCount: number } | undefined;
}

export function readQueues(resources: readonly Resource[]): readonly QueueDefinition[] {
  return ofType(resources, 'AWS::SQS::Queue').map((resource) => {
    const queue = readProperties(resource, queueProperties);
    const redrive = queue.RedrivePolicy;
    return {
      name: queue.QueueName,
      arn: resource.arn,
      visibilityTimeoutSeconds: queue.VisibilityTimeout,
      retentionSeconds: queue.MessageRetentionPeriod,
      delaySeconds: queue.DelaySeconds,
      redrive: redrive && {
        deadLetterQueueName: queueNameOf(redrive.deadLetterTargetArn),
        maxReceiveCount: redrive.maxReceiveCount,
      },
    };
  });
}

/** The last part of a queue's ARN. */
export function queueNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

const roleProperties = z.object({
  AssumeRolePolicyDocument: z
    .object({ Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]) })) })
    .default({ Statement: [] }),
});

/** ARNs of the roles whose trust policy allows sessions with tags. */
export function readSessionRoles(resources: readonly Resource[]): readonly string[] {
  return ofType(resources, 'AWS::IAM::Role').flatMap((resource) => {
    const { AssumeRolePolicyDocument: trust } = readProperties(resource, roleProperties);
    return trust.Statement.some(({ Action }) => Action.includes('sts:TagSession')) ? [resource.arn] : [];
  });
}
