import { join } from 'node:path';
import type { S3EventRecord } from 'aws-lambda';
import { type DynamoDb, startDynamoDb } from '../dynamodb/dynamodb.ts';
import { type LocalKms, startKms } from '../kms/start-kms.ts';
import { type LocalS3, startS3 } from '../s3/start-s3.ts';
import { type LocalSecretsManager, startSecretsManager } from '../secrets-manager/start-secrets-manager.ts';
import { type LocalSqs, startSqs } from '../sqs/start-sqs.ts';
import { type LocalSts, startSts } from '../sts/start-sts.ts';
import type { SystemDefinition } from '../template/system.ts';
import type { Place } from '../template/template.ts';
import type { AwsAccess, AwsService } from './aws-environment.ts';
import { createTables } from './create-tables.ts';

/** The AWS services of this machine; one that the person has pointed elsewhere is absent. */
export interface CloudServices {
  readonly endpoints: Readonly<Record<AwsService, string>>;
  readonly dynamodb: DynamoDb | undefined;
  readonly s3: LocalS3 | undefined;
  readonly kms: LocalKms | undefined;
  readonly sqs: LocalSqs | undefined;
  readonly secretsManager: LocalSecretsManager | undefined;
  readonly sts: LocalSts | undefined;
}

interface ServicesOptions {
  readonly access: AwsAccess;
  readonly place: Place;
  readonly dataDirectory: string | undefined;
  readonly now: () => Date;
  readonly onObjectCreated: (record: S3EventRecord) => void;
}

/** Starts the services side by side. */
export async function startServices(options: ServicesOptions): Promise<CloudServices> {
  const { access, place, dataDirectory, now, onObjectCreated } = options;
  const { elsewhere, region, accessKeyId, secretAccessKey } = access;
  const common = (service: string) => ({
    dataDirectory: dataDirectory && join(dataDirectory, service),
    credentials: { accessKeyId, secretAccessKey },
    region,
    accountId: place.account,
    now,
  });
  const unless = <T>(service: AwsService, start: () => Promise<T>): Promise<T> | undefined =>
    elsewhere[service] === undefined ? start() : undefined;
  const [dynamodb, s3, kms, sqs, secretsManager, sts] = await allOrNone([
    unless('DYNAMODB', () => startDynamoDb(common('dynamodb'))),
    unless('S3', () => startS3({ ...common('s3'), onEvent: onObjectCreated })),
    unless('KMS', () => startKms(common('kms'))),
    unless('SQS', () => startSqs(common('sqs'))),
    unless('SECRETS_MANAGER', () => startSecretsManager(common('secrets-manager'))),
    unless('STS', () => startSts(common('sts'))),
  ]);
  const endpoints = {
    DYNAMODB: dynamodb?.endpoint ?? elsewhere.DYNAMODB ?? '',
    S3: s3?.endpoint ?? elsewhere.S3 ?? '',
    KMS: kms?.endpoint ?? elsewhere.KMS ?? '',
    SQS: sqs?.endpoint ?? elsewhere.SQS ?? '',
    SECRETS_MANAGER: secretsManager?.endpoint ?? elsewhere.SECRETS_MANAGER ?? '',
    STS: sts?.endpoint ?? elsewhere.STS ?? '',
  };
  return { endpoints, dynamodb, s3, kms, sqs, secretsManager, sts };
}

/** All of them started, or the ones that did closed again and the first error thrown. */
async function allOrNone<T extends readonly unknown[]>(starting: [...T]): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const outcomes = await Promise.allSettled(starting);
  const failed = outcomes.find((outcome): outcome is PromiseRejectedResult => outcome.status === 'rejected');
  const started = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined));
  if (failed === undefined) return started as { [K in keyof T]: Awaited<T[K]> };
  await Promise.all((started as readonly (Closable | undefined)[]).map((service) => service?.close()));
  throw failed.reason;
}

interface Closable {
  close(): Promise<void>;
}

/**
 * Makes what the template names. Elsewhere only the tables are made: other emulators have ways of their own for the
 * rest.
 */
export async function provision(services: CloudServices, system: SystemDefinition): Promise<void> {
  const { dynamodb, s3, kms, sqs, secretsManager, sts } = services;
  for (const roleArn of system.sessionRoles) sts?.allowSessionsOf(roleArn);
  for (const { name, expirations } of system.buckets) s3?.createBucket(name, expirations);
  for (const key of system.keys) kms?.createKey(key);
  for (const secret of system.secrets) secretsManager?.createSecret(secret);
  for (const queue of system.queues) await sqs?.createQueue(queue);
  await createTables(system.tables, dynamodb !== undefined);
}

/** Throws away every row, object, message and fault; what the template names stays. */
export async function resetServices(services: CloudServices, system: SystemDefinition): Promise<void> {
  const { dynamodb, s3, kms, sqs, secretsManager, sts } = services;
  for (const { faults } of [s3, kms, sqs, secretsManager, sts].filter((service) => service !== undefined))
    faults.clear();
  await dynamodb?.faults.clear();
  s3?.reset();
  kms?.reset();
  secretsManager?.reset();
  sqs?.reset();
  await dynamodb?.reset();
  await createTables(system.tables, dynamodb !== undefined);
}

export async function closeServices(services: CloudServices): Promise<void> {
  const { dynamodb, s3, kms, sqs, secretsManager, sts } = services;
  await Promise.all([dynamodb, s3, kms, sqs, secretsManager, sts].map((service) => service?.close()));
}
