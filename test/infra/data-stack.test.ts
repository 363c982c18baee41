import { describe, expect, it } from 'vitest';
import { devStage, localStage, prodStage, type StageConfig } from '../../infra/config/stage.ts';
import { spelled, synthesise } from './synthesis.ts';

const { resources } = synthesise(localStage);
const [table] = resources('AWS::DynamoDB::Table');
const buckets = resources('AWS::S3::Bucket');

function bucketOf(logical: string) {
  const name = `stay-ops-local-${logical}-<AWS::AccountId>-<AWS::Region>`;
  const found = buckets.find(({ properties }) => spelled(properties.BucketName) === name);
  if (found === undefined) throw new Error(`There is no bucket ${name}`);
  return found;
}

describe('table', () => {
  it('is one, on demand, with time to live and point-in-time recovery', () => {
    expect(resources('AWS::DynamoDB::Table')).toHaveLength(1);
    expect(table?.properties).toMatchObject({
      TableName: 'stay-ops-local',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('has an index for tenants with everything and one for the outbox with ids only', () => {
    expect(table?.properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'gsi1',
        KeySchema: [
          { AttributeName: 'gsi1pk', KeyType: 'HASH' },
          { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
      {
        IndexName: 'gsi2',
        KeySchema: [
          { AttributeName: 'gsi2pk', KeyType: 'HASH' },
          { AttributeName: 'gsi2sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['empresa_id', 'id', 'kind'] },
      },
    ]);
  });
});

describe('what a stage keeps', () => {
  const stateful = (stage: StageConfig) =>
    ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret'].flatMap((type) =>
      synthesise(stage).resources(type),
    );

  it('production: everything, whatever happens to the stack', () => {
    const kept = stateful(prodStage);
    expect(kept.length).toBeGreaterThanOrEqual(9);
    expect(kept.filter(({ deletionPolicy }) => deletionPolicy !== 'Retain')).toEqual([]);
    expect(kept.find(({ type }) => type === 'AWS::DynamoDB::Table')?.properties.DeletionProtectionEnabled).toBe(true);
  });

  it('elsewhere: nothing', () => {
    expect(stateful(devStage).filter(({ deletionPolicy }) => deletionPolicy !== 'Delete')).toEqual([]);
    expect(table?.properties.DeletionProtectionEnabled).toBe(false);
  });
});

describe('key', () => {
  it('is one, rotates every year and is known by its alias', () => {
    const [key, ...others] = resources('AWS::KMS::Key');
    expect(others).toEqual([]);
    expect(key?.properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
    const aliases = resources('AWS::KMS::Alias').map(({ properties }) => properties.AliasName);
    expect(aliases).toEqual(['alias/stay-ops-local']);
  });
});

describe('secrets', () => {
  const OF_OPERATORS = [
    'MAILGUN_API_KEY',
    'AI_DEFAULT_API_KEY',
    'TURNSTILE_SECRET_KEY',
    'DISCORD_WEBHOOK_URL',
    'DISCORD_WEBHOOK_CONTACT_URL',
    'FCM_SERVICE_ACCOUNT',
    'GOOGLE_CLIENT_SECRET',
  ];

  it('bear the names of the contracts below the prefix of the stage', () => {
    const names = resources('AWS::SecretsManager::Secret').map(({ properties }) => properties.Name);
    const expected = ['JWT_SECRET_KEY', 'SECRET_KEY', ...OF_OPERATORS].map((name) => `stay-ops/local/${name}`);
    expect(names).toEqual(expected);
  });

  it('are generated with 64 characters where we make them ourselves, and never written down', () => {
    for (const { properties } of resources('AWS::SecretsManager::Secret')) {
      if (OF_OPERATORS.includes(String(properties.Name).replace('stay-ops/local/', ''))) {
        expect(properties.SecretString).toBe('to-be-set-by-the-operator');
      } else {
        expect(properties.GenerateSecretString).toMatchObject({ PasswordLength: 64 });
        expect(properties).not.toHaveProperty('SecretString');
      }
    }
  });
});

describe('buckets', () => {
  it('are private, encrypted, without versions and refuse plain HTTP', () => {
    expect(buckets).toHaveLength(4);
    for (const { id, properties } of buckets) {
      expect(properties).toMatchObject({
        BucketEncryption: expect.anything(),
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      expect(properties).not.toHaveProperty('VersioningConfiguration');
      const policy = resources('AWS::S3::BucketPolicy').find((each) => spelled(each.properties.Bucket) === `<${id}>`);
      expect(JSON.stringify(policy?.properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
    }
  });

  it('log who reached them, but for the bucket that holds the log', () => {
    const logs = bucketOf('access-logs');
    expect(logs.properties).not.toHaveProperty('LoggingConfiguration');
    for (const logical of ['arrivals', 'photos', 'exports']) {
      expect(bucketOf(logical).properties.LoggingConfiguration).toMatchObject({
        DestinationBucketName: { Ref: logs.id },
        LogFilePrefix: `${logical}/`,
      });
    }
  });

  const expiries = (logical: string) => {
    const { Rules } = bucketOf(logical).properties.LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    return Rules.flatMap(({ ExpirationInDays, Prefix }) => (ExpirationInDays ? [[Prefix, ExpirationInDays]] : []));
  };

  it('forget drops, results and imports after 30 days at most, exports and staged photos after one', () => {
    expect(expiries('arrivals')).toEqual([
      ['arrivals/', 30],
      ['results/', 30],
      ['booking-imports/', 30],
    ]);
    expect(expiries('exports')).toEqual([[undefined, 1]]);
    expect(expiries('photos')).toEqual([['staged-photos/', 1]]);
  });

  it('take presigned uploads from the pages of the allowed origins, and from none when there are none', () => {
    const settings = { ...devStage.settings, ALLOWED_ORIGINS: 'https://a.test, https://b.test' };
    const open = synthesise({ ...devStage, settings }).resources('AWS::S3::Bucket');
    const rules = open.map(({ properties }) => properties.CorsConfiguration).filter((rule) => rule !== undefined);
    expect(rules).toHaveLength(3);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        CorsRules: [{ AllowedOrigins: ['https://a.test', 'https://b.test'], AllowedMethods: ['GET', 'POST'] }],
      });
    }
    for (const { properties } of buckets) expect(properties).not.toHaveProperty('CorsConfiguration');
  });
});
