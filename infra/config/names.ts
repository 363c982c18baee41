import type { QueueName } from '../../shared/platform/queue/queue-names.ts';

/** What stands in for account and region in a name: pseudo parameters in a template, literals in a test. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** Buckets by the name that the code and the contract use. */
export const BUCKET_NAMES = ['arrivals', 'photos', 'exports', 'access-logs'] as const;
export type BucketName = (typeof BUCKET_NAMES)[number];

/** Platform secrets, by the contracts' configuration names. */
export const SECRET_NAMES = [
  'JWT_SECRET_KEY',
  'SECRET_KEY',
  'MAILGUN_API_KEY',
  'AI_DEFAULT_API_KEY',
  'TURNSTILE_SECRET_KEY',
  'DISCORD_WEBHOOK_URL',
  'DISCORD_WEBHOOK_CONTACT_URL',
  'FCM_SERVICE_ACCOUNT',
  'GOOGLE_CLIENT_SECRET',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** What a partner's secret holds until a person puts the real one in: refused by whatever it is shown to. */
export const PLACEHOLDER_SECRET = 'to-be-set-by-the-operator';

/** Every name and ARN that one stack has to know of another: names cross stacks, constructs never do. */
export interface Names {
  readonly table: string;
  readonly tableArn: string;
  readonly kmsAlias: string;
  /** Any key of the account; a statement narrows it to the alias. */
  readonly anyKeyArn: string;
  readonly secretsPrefix: string;
  readonly alarmTopic: string;
  readonly accessLogGroup: string;
  /** SSM parameter that hands the gateway's generated id to the alarms. */
  readonly apiIdParameter: string;
  readonly stack: (part: string) => string;
  readonly function: (name: string) => string;
  readonly functionLogGroup: (name: string) => string;
  readonly queue: (name: QueueName) => string;
  /** Of a function's tenant role, which is named because role and function refer to each other. */
  readonly tenantRole: (functionName: string) => string;
  readonly roleArn: (role: string) => string;
  /** Of a queue, or of a function that is called asynchronously. */
  readonly deadLetters: (name: string) => string;
  readonly schedule: (functionName: string) => string;
  readonly bucket: (logical: BucketName) => string;
  readonly bucketArn: (logical: BucketName) => string;
  readonly secretArn: (name: SecretName) => string;
  readonly queueArn: (queue: string) => string;
  readonly logGroupArn: (logGroup: string) => string;
}

/**
 * All names of a stage. Pure: the same stage and place always give the same names.
 *
 * @example namesOf('dev', place).table // 'stay-ops-dev'
 */
export function namesOf(stage: string, place: Place): Names {
  const base = `stay-ops-${stage}`;
  const arn = (service: string, resource: string) =>
    `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
  const bucket = (logical: BucketName) => `${base}-${logical}-${place.account}-${place.region}`;
  const functionName = (name: string) => `${base}-${name}`;
  return {
    table: base,
    tableArn: arn('dynamodb', `table/${base}`),
    kmsAlias: `alias/${base}`,
    anyKeyArn: arn('kms', 'key/*'),
    secretsPrefix: `stay-ops/${stage}/`,
    alarmTopic: `${base}-alarms`,
    // Below this prefix CloudWatch needs no policy of its own for each log group that a service writes to.
    accessLogGroup: `/aws/vendedlogs/${base}-access`,
    apiIdParameter: `/stay-ops/${stage}/api-id`,
    stack: (part) => `${base}-${part}`,
    function: functionName,
    functionLogGroup: (name) => `/aws/lambda/${functionName(name)}`,
    tenantRole: (name) => `${functionName(name)}-tenant`,
    roleArn: (role) => `arn:${place.partition}:iam::${place.account}:role/${role}`,
    queue: (name) => `${base}-${name}`,
    deadLetters: (name) => `${base}-${name}-dlq`,
    schedule: (name) => `${base}-${name}`,
    bucket,
    bucketArn: (logical) => `arn:${place.partition}:s3:::${bucket(logical)}`,
    // Secrets Manager appends a hyphen and six characters of its own to the name.
    secretArn: (name) => arn('secretsmanager', `secret:stay-ops/${stage}/${name}-??????`),
    queueArn: (queue) => arn('sqs', queue),
    logGroupArn: (logGroup) => arn('logs', `log-group:${logGroup}`),
  };
}
