import type { LocalInfo } from './control/controlled-cloud.ts';
import type { AwsAccess, AwsService } from './host/aws-environment.ts';
import type { SystemDefinition } from './template/system.ts';
import type { Place } from './template/template.ts';

/** Where everything is, for people and clients. */
export function localInfo(
  system: SystemDefinition,
  at: {
    readonly endpoints: Readonly<Record<AwsService, string>>;
    readonly access: AwsAccess;
    readonly place: Place;
    readonly queueUrl: (queueName: string) => string;
  },
): LocalInfo {
  const { endpoints, access, place, queueUrl } = at;
  const [table] = system.tables;
  const ending = `-${place.account}-${place.region}`;
  // Buckets are `<table>-<logical name>-<account>-<region>` (infra/config/names.ts).
  const logicalName = (bucket: string) => bucket.replace(`${table?.name}-`, '').replace(ending, '');
  return {
    endpoints: {
      dynamodb: endpoints.DYNAMODB,
      s3: endpoints.S3,
      kms: endpoints.KMS,
      sqs: endpoints.SQS,
      secretsManager: endpoints.SECRETS_MANAGER,
    },
    table: table?.name ?? '',
    buckets: Object.fromEntries(system.buckets.map(({ name }) => [logicalName(name), name])) as LocalInfo['buckets'],
    queues: Object.fromEntries(system.queues.map(({ name }) => [name, queueUrl(name)])),
    schedules: system.schedules.map(({ name }) => name),
    accessKeyId: access.accessKeyId,
    secretAccessKey: access.secretAccessKey,
    region: access.region,
  };
}
