import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Grant } from '../config/grants.ts';
import type { Names } from '../config/names.ts';

type Rows = Extract<Grant, { kind: 'rows' }>;

/** A grant, or what every function may do. */
export type Permission =
  | Grant
  | { readonly kind: 'logs'; readonly logGroup: string }
  | { readonly kind: 'traces' }
  | { readonly kind: 'dead-letters'; readonly queue: string }
  | { readonly kind: 'tenant-sessions'; readonly role: string };

function allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>) {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions && { conditions: conditions as Record<string, Record<string, unknown>> }),
  });
}

/**
 * Keeps a statement to partitions whose key begins as granted. `ForAllValues` holds when the key is absent, so `Null`
 * asks for its presence; the pattern ends in the delimiter, which no id contains.
 */
function rows({ actions, leadingKeys, indexes = [], indexOnly = false }: Rows, { tableArn }: Names, tenant: string) {
  const onIndexes = indexes.map((index) => `${tableArn}/index/${index}`);
  return allow(
    actions.map((action) => `dynamodb:${action}`),
    indexOnly ? onIndexes : [tableArn, ...onIndexes],
    {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [leadingKeys.replace(/^(T#)/, `$1${tenant}`)] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  );
}

/** The key is known by its alias only; a call has to name tenant and purpose and nothing else (`platform.md` §4). */
function dataKeys(actions: readonly string[], names: Names) {
  return allow(
    actions.map((action) => `kms:${action}`),
    [names.anyKeyArn],
    {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [names.kmsAlias] },
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'purpose'] },
      Null: { 'kms:EncryptionContext:tenant': 'false', 'kms:EncryptionContext:purpose': 'false' },
    },
  );
}

const QUEUE_ACTIONS = {
  send: ['sqs:SendMessage'],
  consume: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
} as const;

/** Every company; or, in a policy of sessions, the one that stands in the session's tag. */
export type TenantPattern = '' | `\${aws:PrincipalTag/${string}}#`;

/** The statement that a permission stands for. @param tenant whose rows it means where it means rows of companies */
export function statementOf(permission: Permission, names: Names, tenant: TenantPattern = ''): PolicyStatement {
  switch (permission.kind) {
    case 'rows':
      return rows(permission, names, tenant);
    case 'secret':
      return allow(['secretsmanager:GetSecretValue'], [names.secretArn(permission.secret)]);
    case 'data-keys':
      return dataKeys(permission.actions, names);
    case 'objects': {
      const objects = `${names.bucketArn(permission.bucket)}/${permission.prefix}*`;
      return allow(
        permission.actions.map((action) => `s3:${action}`),
        [objects],
      );
    }
    case 'bucket-listing':
      return allow(['s3:ListBucket'], [names.bucketArn(permission.bucket)]);
    case 'queue':
      return allow(QUEUE_ACTIONS[permission.use], [names.queueArn(names.queue(permission.queue))]);
    // The group exists already: no right to make one.
    case 'logs':
      return allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${names.logGroupArn(permission.logGroup)}:*`]);
    case 'dead-letters':
      return allow(['sqs:SendMessage'], [names.queueArn(permission.queue)]);
    case 'tenant-sessions':
      return allow(['sts:AssumeRole', 'sts:TagSession'], [names.roleArn(permission.role)]);
    case 'traces':
      return allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
  }
}
