import { describe, expect, it } from 'vitest';
import { isTriggeredBy } from '../../infra/config/function-spec.ts';
import { FUNCTION_LIST, type FunctionName } from '../../infra/config/functions.ts';
import { localStage } from '../../infra/config/stage.ts';
import { keepsReply, needsCsrf } from '../../shared/platform/http/route.ts';
import { limitsOf } from '../../shared/platform/http/throttles.ts';
import { listed, spelled, synthesise } from './synthesis.ts';

interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Record<string, Record<string, unknown>>;
}

interface RawStatement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: Statement['condition'];
}

const { resources } = synthesise(localStage);

function policiesOf(role: Record<string, unknown>): readonly RawStatement[] {
  const policies = listed(role.Policies) as { PolicyDocument: { Statement: RawStatement[] } }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function statementsOf(name: FunctionName): readonly Statement[] {
  const lambda = resources('AWS::Lambda::Function').find(
    ({ properties }) => properties.FunctionName === `stay-ops-local-${name}`,
  );
  const roleId = spelled(lambda?.properties.Role).slice(1, -'.Arn>'.length);
  const role = resources('AWS::IAM::Role').find(({ id }) => id === roleId);
  if (role === undefined) throw new Error(`${name} has no role of its own`);
  return policiesOf(role.properties).map(readStatement);
}

function readStatement({ Action, Resource, Condition = {} }: RawStatement): Statement {
  return { actions: listed(Action).map(String), resources: listed(Resource).map(spelled), condition: Condition };
}

const sessionRoleOf = (name: FunctionName) =>
  resources('AWS::IAM::Role').find(({ properties }) => properties.RoleName === `stay-ops-local-${name}-tenant`);

/** What the function may do in a session of a company. */
function sessionStatementsOf(name: FunctionName): readonly Statement[] {
  return policiesOf(sessionRoleOf(name)?.properties ?? {}).map(readStatement);
}

const about = (name: FunctionName, service: string) =>
  statementsOf(name).filter(({ actions }) => actions.every((action) => action.startsWith(`${service}:`)));

const leadingKeysOf = ({ condition }: Statement) =>
  listed(condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']).map(String);

/** The company in the tag of a session, and no other. */
const OF_THE_SESSION = `T#\${aws:PrincipalTag/empresa_id}#*`;

/** Leading-key patterns of a function with the row actions that it may use below each, by itself or in its sessions. */
function rowsOf(name: FunctionName): Record<string, readonly string[]> {
  const entries = [...about(name, 'dynamodb'), ...sessionStatementsOf(name)].map((statement) => {
    const keys = leadingKeysOf(statement).map((key) => (key === OF_THE_SESSION ? 'T#*' : key));
    return [keys.join(), statement.actions.map((action) => action.slice('dynamodb:'.length))] as const;
  });
  return Object.fromEntries(entries);
}

const secretsOf = (name: FunctionName) =>
  about(name, 'secretsmanager').flatMap((statement) =>
    statement.resources.map((arn) => /:secret:stay-ops\/local\/(\w+)-\?{6}$/.exec(arn)?.[1] ?? arn),
  );

const names = FUNCTION_LIST.map(([name]) => name);

function keepsReplies(name: FunctionName): boolean {
  const spec = FUNCTION_LIST.find(([each]) => each === name)?.[1];
  return spec !== undefined && isTriggeredBy(spec, 'http') && Object.values(spec.trigger.routes).some(keepsReply);
}

describe('every role', () => {
  it('belongs to one function', () => {
    const roles = resources('AWS::Lambda::Function').map(({ properties }) => spelled(properties.Role));
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('is widened by nothing outside of itself: no managed policy, no attached one', () => {
    for (const { properties } of resources('AWS::IAM::Role'))
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
    expect([...resources('AWS::IAM::Policy'), ...resources('AWS::IAM::ManagedPolicy')]).toEqual([]);
  });

  it('names its actions one by one', () => {
    const statements = resources('AWS::IAM::Role').flatMap(({ properties }) => policiesOf(properties));
    expect(statements.length).toBeGreaterThan(names.length);
    for (const { Action, Effect } of statements) {
      expect(Effect).toBe('Allow');
      expect(listed(Action).filter((action) => String(action).includes('*'))).toEqual([]);
    }
  });

  it('of sessions may be assumed by its own function only, for one company', () => {
    for (const name of names.filter((each) => sessionRoleOf(each) !== undefined)) {
      const trust = sessionRoleOf(name)?.properties.AssumeRolePolicyDocument;
      const lambda = resources('AWS::Lambda::Function').find(
        ({ properties }) => properties.FunctionName === `stay-ops-local-${name}`,
      );
      expect(trust).toHaveProperty('Statement', [
        {
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Principal: { AWS: lambda?.properties.Role },
          Condition: {
            StringLike: { 'aws:RequestTag/empresa_id': '????????-????-????-????-????????????' },
            'ForAllValues:StringEquals': { 'aws:TagKeys': ['empresa_id'] },
          },
        },
      ]);
      const role = `arn:<AWS::Partition>:iam::<AWS::AccountId>:role/stay-ops-local-${name}-tenant`;
      expect(about(name, 'sts')).toEqual([
        { actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [role], condition: {} },
      ]);
      expect(lambda?.properties).toHaveProperty('Environment.Variables.TENANT_ROLE_ARN');
    }
  });

  it('may be assumed by a service only, and schedules only of this account', () => {
    for (const { properties } of resources('AWS::IAM::Role')) {
      const { Statement } = properties.AssumeRolePolicyDocument as { Statement: unknown };
      const ofThisAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
      const common = { Action: 'sts:AssumeRole', Effect: 'Allow' };
      if (String(properties.RoleName).endsWith('-tenant')) continue;
      expect([
        [{ ...common, Principal: { Service: 'lambda.amazonaws.com' } }],
        [{ ...common, Principal: { Service: 'scheduler.amazonaws.com' }, Condition: ofThisAccount }],
      ]).toContainEqual(Statement);
    }
  });
});

describe.each(names)('role of %s', (name) => {
  it('has `*` as a whole resource for X-Ray alone', () => {
    const everything = statementsOf(name).filter((statement) => statement.resources.includes('*'));
    expect(everything.flatMap(({ actions }) => actions).sort()).toEqual([
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it('writes to its own log group only', () => {
    expect(about(name, 'logs')).toEqual([
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [
          `arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/lambda/stay-ops-local-${name}:*`,
        ],
        condition: {},
      },
    ]);
  });

  it('touches the table below leading keys only, and never scans', () => {
    for (const statement of [...about(name, 'dynamodb'), ...sessionStatementsOf(name)]) {
      const { actions, resources: tables, condition } = statement;
      expect(actions).not.toContain('dynamodb:Scan');
      expect(leadingKeysOf(statement)).toEqual([
        expect.stringMatching(/^(T|T#\$\{aws:PrincipalTag\/empresa_id\}|P#[A-Z_]+)#\*$/),
      ]);
      expect(condition.Null).toEqual({ 'dynamodb:LeadingKeys': 'false' });
      const table = 'arn:<AWS::Partition>:dynamodb:<AWS::Region>:<AWS::AccountId>:table/stay-ops-local';
      for (const arn of tables) expect([table, `${table}/index/gsi1`, `${table}/index/gsi2`]).toContain(arn);
    }
  });

  it('counts calls if and only if a route of it is limited, and can check CSRF pairs where it has to', () => {
    const spec = FUNCTION_LIST.find(([each]) => each === name)?.[1];
    const routes = spec && isTriggeredBy(spec, 'http') ? Object.values(spec.trigger.routes) : [];
    const limited = routes.some((route) => limitsOf(route).length > 0);
    expect(rowsOf(name)['P#RATE#*']).toEqual(limited ? ['UpdateItem'] : undefined);
    if (routes.some(needsCsrf)) expect(secretsOf(name)).toContain('SECRET_KEY');
  });
});

describe('rows of companies', () => {
  const ACROSS_TENANTS: readonly FunctionName[] = [
    'authorizer',
    'auth',
    'companies',
    'tokens',
    'late-checkin',
    'outbox-worker',
  ];
  const ofTenants = (statements: readonly Statement[]) =>
    statements.flatMap(leadingKeysOf).filter((key) => key.startsWith('T#'));

  it('are touched outside of a session by these functions only, each with its reason', () => {
    expect(names.filter((name) => ofTenants(about(name, 'dynamodb')).length > 0)).toEqual(ACROSS_TENANTS);
    const reasons = FUNCTION_LIST.flatMap(([name, { acrossTenants }]) => (acrossTenants ? [name] : []));
    expect(reasons).toEqual(ACROSS_TENANTS);
  });

  it.each(names.filter((name) => sessionRoleOf(name) !== undefined))(
    'are touched by %s in a session of their company alone',
    (name) => {
      expect(new Set(ofTenants(sessionStatementsOf(name)))).toEqual(new Set([OF_THE_SESSION]));
      const spec = FUNCTION_LIST.find(([each]) => each === name)?.[1];
      expect(Object.keys(spec?.environment.shape ?? {})).toContain('TENANT_ROLE_ARN');
    },
  );
});

describe('what functions may do to rows', () => {
  const EVERYTHING = ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];

  it.each<[FunctionName, Record<string, readonly string[]>]>([
    ['authorizer', { 'T#*': ['BatchGetItem'] }],
    ['auth', { 'T#*': ['BatchGetItem'], 'P#EMAIL#*': ['GetItem'], 'P#RATE#*': ['UpdateItem'] }],
    [
      'tokens',
      {
        'T#*': ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
        'P#EMAIL#*': ['GetItem'],
        'P#USERNAME#*': ['GetItem'],
        'P#RATE#*': ['UpdateItem'],
      },
    ],
    [
      'accounts',
      {
        'T#*': ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
        'P#EMAIL#*': ['DeleteItem', 'GetItem', 'PutItem'],
        'P#RATE#*': ['UpdateItem'],
      },
    ],
    [
      'invites',
      {
        'T#*': EVERYTHING,
        'P#EMAIL#*': ['GetItem', 'PutItem'],
        'P#USERNAME#*': ['GetItem', 'PutItem'],
        'P#INVITE#*': ['DeleteItem', 'GetItem', 'PutItem'],
        'P#RATE#*': ['UpdateItem'],
      },
    ],
    ['profile', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'] }],
    ['integrations', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] }],
    ['audit', { 'T#*': ['GetItem', 'Query'] }],
    [
      'companies',
      {
        'T#*': ['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
        'P#COMPANY_EMAIL#*': ['DeleteItem', 'PutItem'],
        'P#TENANTS#*': ['DeleteItem', 'PutItem', 'Query'],
        'P#EMAIL#*': ['DeleteItem'],
        'P#INVITE#*': ['DeleteItem'],
        'P#USERNAME#*': ['DeleteItem'],
        'P#ERASURE#*': ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
      },
    ],
    ['users', { 'T#*': EVERYTHING, 'P#EMAIL#*': ['DeleteItem', 'PutItem'], 'P#USERNAME#*': ['DeleteItem', 'PutItem'] }],
    [
      'arrivals',
      {
        'T#*': ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
        'P#RATE#*': ['UpdateItem'],
      },
    ],
    ['heatmap', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'], 'P#RATE#*': ['UpdateItem'] }],
    [
      'notifications',
      {
        'T#*': ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
        'P#DEVICE#*': ['PutItem'],
        'P#RATE#*': ['UpdateItem'],
      },
    ],
    [
      'properties',
      {
        'P#RATE#*': ['UpdateItem'],
        'T#*': ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      },
    ],
    [
      'bookings',
      {
        'P#RATE#*': ['UpdateItem'],
        'T#*': ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      },
    ],
    [
      'booking-imports',
      {
        'P#RATE#*': ['UpdateItem'],
        'T#*': ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      },
    ],
    ['booking-import-worker', { 'T#*': ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] }],
    ['vault', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'], 'P#SYSTEM_PROMPT#*': ['GetItem'] }],
    ['public-forms', { 'T#*': ['PutItem'], 'P#RATE#*': ['UpdateItem'] }],
    [
      'system-prompts',
      { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'], 'P#SYSTEM_PROMPT#*': ['GetItem', 'PutItem'] },
    ],
    ['apartments', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'], 'P#RATE#*': ['UpdateItem'] }],
    ['uploads', {}],
    ['upload-sweeper', {}],
    ['model-watch', {}],
    ['google', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] }],
    ['contacts', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'], 'P#RATE#*': ['UpdateItem'] }],
    ['contact-sync-worker', { 'T#*': ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] }],
    ['meta', { 'P#RATE#*': ['UpdateItem'] }],
    ['import-arrivals', { 'T#*': EVERYTHING }],
    ['late-checkin', { 'T#*': EVERYTHING, 'P#TENANTS#*': ['Query'] }],
    [
      'outbox-worker',
      {
        'T#*': ['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'Query', 'UpdateItem'],
        'P#CALENDAR#*': ['DeleteItem'],
        'P#DEVICE#*': ['BatchGetItem', 'DeleteItem'],
        'P#EMAIL#*': ['DeleteItem'],
        'P#INVITE#*': ['DeleteItem'],
        'P#USERNAME#*': ['DeleteItem'],
        'P#ERASURE#*': ['UpdateItem'],
      },
    ],
    ['outbox-sweeper', { 'P#OUTBOX#*': ['Query'], 'P#ERASURE#*': ['Query'] }],
  ])('%s', (name, rows) => {
    expect(rowsOf(name)).toEqual(rows);
  });

  it('whole tenants are deleted by those who erase companies, and by nobody else', () => {
    const erasing = names.filter((name) => Object.values(rowsOf(name)).some((each) => each.includes('BatchWriteItem')));
    expect(erasing).toEqual(['companies', 'outbox-worker']);
  });

  it('the work lists of all tenants are read by the sweeper alone, and through their index alone', () => {
    const readers = names.filter((name) =>
      about(name, 'dynamodb').some((s) => s.resources.some((arn) => arn.endsWith('gsi2'))),
    );
    expect(readers).toEqual(['outbox-sweeper']);
    expect(about('outbox-sweeper', 'dynamodb').flatMap((statement) => statement.resources)).toEqual([
      expect.stringMatching(/\/index\/gsi2$/),
      expect.stringMatching(/\/index\/gsi2$/),
    ]);
  });
});

describe('what functions may read of secrets', () => {
  it.each<[FunctionName, readonly string[]]>([
    ['authorizer', ['JWT_SECRET_KEY']],
    ['auth', ['JWT_SECRET_KEY', 'SECRET_KEY']],
    ['tokens', ['JWT_SECRET_KEY']],
    ['accounts', []],
    ['invites', []],
    ['profile', ['SECRET_KEY']],
    ['integrations', ['SECRET_KEY']],
    ['audit', []],
    ['companies', ['GOOGLE_CLIENT_SECRET', 'SECRET_KEY']],
    ['users', ['SECRET_KEY']],
    ['arrivals', ['SECRET_KEY']],
    ['heatmap', ['SECRET_KEY']],
    ['vault', ['AI_DEFAULT_API_KEY', 'SECRET_KEY']],
    ['system-prompts', ['SECRET_KEY']],
    ['public-forms', ['SECRET_KEY', 'TURNSTILE_SECRET_KEY']],
    ['notifications', ['SECRET_KEY']],
    ['properties', []],
    ['bookings', []],
    ['apartments', ['SECRET_KEY']],
    ['uploads', ['SECRET_KEY']],
    ['upload-sweeper', []],
    ['model-watch', ['AI_DEFAULT_API_KEY']],
    ['google', ['GOOGLE_CLIENT_SECRET', 'SECRET_KEY']],
    ['contacts', ['GOOGLE_CLIENT_SECRET', 'SECRET_KEY']],
    ['contact-sync-worker', ['GOOGLE_CLIENT_SECRET']],
    ['meta', ['SECRET_KEY']],
    ['import-arrivals', []],
    ['late-checkin', []],
    [
      'outbox-worker',
      [
        'DISCORD_WEBHOOK_CONTACT_URL',
        'DISCORD_WEBHOOK_URL',
        'FCM_SERVICE_ACCOUNT',
        'GOOGLE_CLIENT_SECRET',
        'MAILGUN_API_KEY',
        'SECRET_KEY',
      ],
    ],
    ['outbox-sweeper', []],
  ])('%s', (name, secrets) => {
    expect(secretsOf(name)).toEqual(secrets);
    expect(about(name, 'secretsmanager').flatMap(({ actions }) => actions)).toEqual(
      secrets.length > 0 ? ['secretsmanager:GetSecretValue'] : [],
    );
  });
});

describe('what functions may do with keys, objects and queues', () => {
  it('data keys: only for a tenant and a purpose, only with the key of the stage', () => {
    const users = names.filter((name) => about(name, 'kms').length > 0);
    const own = FUNCTION_LIST.filter(([, { grants }]) => grants.some(({ kind }) => kind === 'data-keys'));
    expect(own.map(([name]) => name).sort()).toEqual([
      'accounts',
      'apartment-sync',
      'arrivals',
      'booking-import-worker',
      'booking-imports',
      'bookings',
      'calendar-worker',
      'calendars',
      'companies',
      'contact-sync-worker',
      'contacts',
      'dashboard',
      'google',
      'heatmap',
      'import-arrivals',
      'import-photos',
      'integrations',
      'late-checkin',
      'outbox-worker',
      'photo-uploads',
      'photos',
      'properties',
      'staff-tasks',
      'turnovers',
      'vault',
      'webhook-worker',
      'webhooks',
    ]);
    // The others seal what they keep for the repeat of a write, and no more.
    expect(users).toEqual(names.filter((name) => keepsReplies(name) || own.some(([each]) => each === name)));
    for (const { condition } of users.flatMap((name) => about(name, 'kms'))) {
      expect(condition).toEqual({
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/stay-ops-local'] },
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'purpose'] },
        Null: { 'kms:EncryptionContext:tenant': 'false', 'kms:EncryptionContext:purpose': 'false' },
      });
    }
    expect(about('outbox-worker', 'kms').flatMap(({ actions }) => actions)).toEqual(['kms:Decrypt']);
  });

  it.each<[FunctionName, Record<string, readonly string[]>]>([
    [
      'import-arrivals',
      {
        'arrivals/arrivals/*': ['s3:DeleteObject', 's3:GetObject'],
        'arrivals/results/*': ['s3:PutObject'],
        arrivals: ['s3:ListBucket'],
      },
    ],
    ['late-checkin', { 'arrivals/arrivals/*': ['s3:DeleteObject'], 'arrivals/results/*': ['s3:DeleteObject'] }],
    [
      'outbox-worker',
      {
        'arrivals/arrivals/*': ['s3:DeleteObject'],
        'arrivals/results/*': ['s3:DeleteObject'],
        'arrivals/booking-imports/*': ['s3:DeleteObject'],
        'photos/photos/*': ['s3:DeleteObject'],
        'photos/staged-photos/*': ['s3:DeleteObject'],
        'exports/exports/*': ['s3:DeleteObject'],
        'exports/uploads/*': ['s3:DeleteObject'],
        arrivals: ['s3:ListBucket'],
        photos: ['s3:ListBucket'],
        exports: ['s3:ListBucket'],
      },
    ],
    ['arrivals', { 'exports/uploads/*': ['s3:DeleteObject', 's3:GetObject'], exports: ['s3:ListBucket'] }],
    ['heatmap', { 'exports/uploads/*': ['s3:DeleteObject', 's3:GetObject'], exports: ['s3:ListBucket'] }],
    ['apartments', { 'exports/uploads/*': ['s3:DeleteObject', 's3:GetObject'], exports: ['s3:ListBucket'] }],
    ['uploads', { 'exports/uploads/*': ['s3:PutObject'] }],
    [
      'booking-import-worker',
      { 'arrivals/booking-imports/*': ['s3:DeleteObject', 's3:GetObject'], arrivals: ['s3:ListBucket'] },
    ],
    ['photos', { 'photos/photos/*': ['s3:DeleteObject', 's3:GetObject'], 'photos/staged-photos/*': ['s3:PutObject'] }],
    ['staff-tasks', { 'photos/photos/*': ['s3:GetObject'] }],
    ['photo-uploads', { 'photos/photos/*': ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'] }],
    [
      'import-photos',
      {
        'photos/photos/*': ['s3:GetObject', 's3:PutObject'],
        'photos/staged-photos/*': ['s3:DeleteObject', 's3:GetObject'],
        photos: ['s3:ListBucket'],
      },
    ],
    ['upload-sweeper', { 'exports/uploads/*': ['s3:DeleteObject'], exports: ['s3:ListBucket'] }],
  ])('%s reaches objects under their prefixes only', (name, expected) => {
    const bucket = /^arn:<AWS::Partition>:s3:::stay-ops-local-(\w+)-<AWS::AccountId>-<AWS::Region>/;
    const granted = about(name, 's3').flatMap(({ actions, resources: arns }) =>
      arns.map((arn) => [arn.replace(bucket, '$1'), [...actions].sort()]),
    );
    expect(Object.fromEntries(granted)).toEqual(expected);
  });

  it('nobody else reaches an object', () => {
    const users = names.filter((name) => about(name, 's3').length > 0);
    expect(users.sort()).toEqual([
      'apartments',
      'arrivals',
      'booking-import-worker',
      'booking-imports',
      'contacts',
      'heatmap',
      'import-arrivals',
      'import-photos',
      'late-checkin',
      'outbox-worker',
      'photo-uploads',
      'photos',
      'staff-tasks',
      'upload-sweeper',
      'uploads',
    ]);
  });

  it('work is sent by who sends mail or tries it again, who changes tasks, who makes or erases companies, run, sweeper and the worker itself, who takes it', () => {
    const work = 'arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:stay-ops-local-work';
    const may = (action: string) =>
      names.filter((name) => about(name, 'sqs').some((s) => s.actions.includes(action) && s.resources.includes(work)));
    expect(may('sqs:SendMessage')).toEqual([
      'companies',
      'accounts',
      'bookings',
      'calendar-worker',
      'photos',
      'photo-uploads',
      'import-photos',
      'staff-tasks',
      'booking-imports',
      'booking-import-worker',
      'notifications',
      'late-checkin',
      'public-forms',
      'outbox-worker',
      'outbox-sweeper',
    ]);
    expect(may('sqs:ReceiveMessage')).toEqual(['outbox-worker']);
    expect(may('sqs:DeleteMessage')).toEqual(['outbox-worker']);
  });
});
