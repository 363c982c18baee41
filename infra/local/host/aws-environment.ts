/** Services that the functions reach through `AWS_ENDPOINT_URL_<SERVICE>`. */
export const AWS_SERVICES = ['DYNAMODB', 'S3', 'KMS', 'SQS', 'SECRETS_MANAGER', 'STS'] as const;
export type AwsService = (typeof AWS_SERVICES)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Where and as whom the SDK calls. */
export interface AwsAccess {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Services whose address the person has set: they are not ours to start or to fill. */
  readonly elsewhere: Readonly<Partial<Record<AwsService, string>>>;
}

const LOCAL_REGION = 'eu-west-1';
const LOCAL_ACCESS_KEY_ID = 'local';
const LOCAL_SECRET_ACCESS_KEY = 'local-secret';

/**
 * The local keys; or the person's own, with their region, if they have pointed a service elsewhere: then what they
 * have exported is meant for that service.
 */
export function awsAccess(environment: Environment): AwsAccess {
  const elsewhere = Object.fromEntries(
    AWS_SERVICES.flatMap((service) => {
      const address = environment[endpointVariable(service)];
      return address ? [[service, address]] : [];
    }),
  );
  const own = Object.keys(elsewhere).length > 0 ? environment : {};
  return {
    region: own.AWS_REGION ?? LOCAL_REGION,
    accessKeyId: own.AWS_ACCESS_KEY_ID ?? LOCAL_ACCESS_KEY_ID,
    secretAccessKey: own.AWS_SECRET_ACCESS_KEY ?? LOCAL_SECRET_ACCESS_KEY,
    elsewhere,
  };
}

export function endpointVariable(service: AwsService): string {
  return `AWS_ENDPOINT_URL_${service}`;
}

/** Exported settings that would send the SDK past the local services, or have it look for keys elsewhere. */
const IN_THE_WAY = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * The variables that stay set while the local cloud runs, because the SDK reads them at its first call and not when a
 * function loads. Undefined ones are taken out.
 */
export function awsVariables(
  access: AwsAccess,
  endpoints: Readonly<Record<AwsService, string>>,
  environment: Environment,
): Record<string, string | undefined> {
  const isElsewhere = Object.keys(access.elsewhere).length > 0;
  return {
    ...Object.fromEntries(IN_THE_WAY.map((name) => [name, undefined])),
    ...Object.fromEntries(AWS_SERVICES.map((service) => [endpointVariable(service), endpoints[service]])),
    AWS_REGION: access.region,
    AWS_DEFAULT_REGION: access.region,
    AWS_ACCESS_KEY_ID: access.accessKeyId,
    AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
    AWS_SESSION_TOKEN: isElsewhere ? environment.AWS_SESSION_TOKEN : undefined,
    AWS_EC2_METADATA_DISABLED: 'true',
    // A person's own files may hold endpoints and retry modes: a path that is not there keeps them out.
    AWS_CONFIG_FILE: '/nonexistent/aws/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/aws/credentials',
    // Lambda's time zone, whatever this machine's is.
    TZ: 'UTC',
  };
}
