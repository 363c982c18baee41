import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BUCKET_NAMES, type BucketName, PLACEHOLDER_SECRET, SECRET_NAMES } from '../config/names.ts';
import { type Check, expectation, type Finding, fail, ok, skipped, warn } from './finding.ts';
import type { StageUnderCheck } from './stage-under-check.ts';

const INDEXES = ['gsi1', 'gsi2'];
const TTL_ATTRIBUTE = 'expires_at';

/** Table, key, secrets and buckets: what `DataStack` makes and everything else rests on. */
export function dataChecks(under: StageUnderCheck): readonly Check[] {
  const { names } = under;
  return [
    { subject: `table ${names.table}`, look: () => lookAtTable(under) },
    { subject: `key ${names.kmsAlias}`, look: () => lookAtKey(under) },
    ...SECRET_NAMES.map((name) => ({
      subject: `secret ${name}`,
      look: () => lookAtSecret(`secret ${name}`, `${names.secretsPrefix}${name}`),
    })),
    ...BUCKET_NAMES.flatMap((name) => bucketChecks(name, names.bucket(name))),
  ];
}

async function lookAtTable({ names, stage }: StageUnderCheck): Promise<readonly Finding[]> {
  const dynamodb = new DynamoDBClient({});
  const on = { TableName: names.table };
  const [{ Table: table = {} }, { TimeToLiveDescription: ttl }, { ContinuousBackupsDescription: backups }] =
    await Promise.all([
      dynamodb.send(new DescribeTableCommand(on)),
      dynamodb.send(new DescribeTimeToLiveCommand(on)),
      dynamodb.send(new DescribeContinuousBackupsCommand(on)),
    ]);
  const subject = `table ${names.table}`;
  const lacking = INDEXES.filter(
    (name) => !table.GlobalSecondaryIndexes?.some((each) => each.IndexName === name && each.IndexStatus === 'ACTIVE'),
  );
  return [
    expectation(
      table.TableStatus === 'ACTIVE' && lacking.length === 0,
      ok(subject, 'active, with both indexes'),
      fail(subject, `Is ${table.TableStatus} and lacks ${lacking.join(', ') || 'no index'}: deploy the data stack.`),
    ),
    expectation(
      ttl?.TimeToLiveStatus === 'ENABLED' && ttl.AttributeName === TTL_ATTRIBUTE,
      ok(subject, `rows expire by ${TTL_ATTRIBUTE}`),
      fail(
        subject,
        `Rows do not expire: switch time to live on for ${TTL_ATTRIBUTE}, or guests' data outlive their term.`,
      ),
    ),
    recoveryFinding(subject, stage.name, backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus),
    expectation(
      !stage.keepsData || table.DeletionProtectionEnabled === true,
      ok(subject, stage.keepsData ? 'protected from deletion' : 'this stage may be deleted'),
      fail(subject, 'A single call deletes it: switch deletion protection on.'),
    ),
  ];
}

function recoveryFinding(subject: string, stage: string, status: string | undefined): Finding {
  if (status === 'ENABLED') return ok(subject, 'point-in-time recovery is on');
  if (stage === 'local') return skipped(subject, 'The local cloud backs nothing up.');
  return fail(subject, 'Nothing can be restored: switch point-in-time recovery on.');
}

async function lookAtKey({ names }: StageUnderCheck): Promise<readonly Finding[]> {
  const kms = new KMSClient({});
  const subject = `key ${names.kmsAlias}`;
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: names.kmsAlias }));
  const state = KeyMetadata?.KeyState;
  // Rotation is not asked for by alias.
  const rotation = await kms.send(new GetKeyRotationStatusCommand({ KeyId: KeyMetadata?.KeyId ?? names.kmsAlias }));
  return [
    expectation(
      state === 'Enabled',
      ok(subject, 'enabled'),
      fail(subject, `Is ${state}: no guest's data can be read. Cancel its deletion, if that is due, and enable it.`),
    ),
    expectation(
      rotation.KeyRotationEnabled === true,
      ok(subject, `rotates every ${rotation.RotationPeriodInDays ?? 365} days`),
      fail(subject, 'Does not rotate: aws kms enable-key-rotation, or deploy the data stack.'),
    ),
  ];
}

async function lookAtSecret(subject: string, id: string): Promise<readonly Finding[]> {
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
  if (SecretString === PLACEHOLDER_SECRET) {
    return [warn(subject, `Is the placeholder: what needs it is off until you put its value with put-secret-value.`)];
  }
  return [expectation(Boolean(SecretString), ok(subject, 'is set'), fail(subject, 'Is empty: put its value.'))];
}

/** One each, so that what an emulator cannot answer hides nothing else. */
function bucketChecks(logical: BucketName, Bucket: string): readonly Check[] {
  const s3 = () => new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });
  const subject = `bucket ${logical}`;
  const check = (part: string, look: () => Promise<Finding>): Check => ({
    subject: `${subject}${part}`,
    look: async () => [await look()],
  });
  return [
    check('', async () => {
      await s3().send(new HeadBucketCommand({ Bucket }));
      return ok(subject, 'is there');
    }),
    check(', access', async () => {
      const { PublicAccessBlockConfiguration: block } = await s3().send(new GetPublicAccessBlockCommand({ Bucket }));
      const closed = block?.BlockPublicAcls && block.BlockPublicPolicy && block.RestrictPublicBuckets;
      return expectation(
        closed === true,
        ok(`${subject}, access`, 'nothing is public'),
        fail(`${subject}, access`, 'May be opened to the public: block public access.'),
      );
    }),
    check(', encryption', async () => {
      const { ServerSideEncryptionConfiguration: found } = await s3().send(new GetBucketEncryptionCommand({ Bucket }));
      return expectation(
        (found?.Rules ?? []).length > 0,
        ok(`${subject}, encryption`, 'encrypted at rest'),
        fail(`${subject}, encryption`, 'Is not encrypted: deploy the data stack.'),
      );
    }),
    check(', expiry', async () => {
      const { Rules = [] } = await s3().send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
      return expectation(
        Rules.some(({ Expiration, Status }) => Status === 'Enabled' && Expiration?.Days !== undefined),
        ok(`${subject}, expiry`, 'objects expire'),
        fail(`${subject}, expiry`, 'Objects never expire: deploy the data stack.'),
      );
    }),
  ];
}
