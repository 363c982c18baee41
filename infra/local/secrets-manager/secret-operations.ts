import * as z from 'zod';
import { type JsonOperation, jsonOperation } from '../aws-json/json-server.ts';
import { ServiceError } from '../aws-json/service-error.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';

const MAX_VALUE_BYTES = 65_536;

const secretId = z.string().min(1).max(2048);
const token = z.string().min(32).max(64).optional();
const text = z
  .string()
  .min(1)
  .refine((value) => Buffer.byteLength(value) <= MAX_VALUE_BYTES, 'must have at most 65536 bytes');
const binary = z.base64().refine((value) => Buffer.byteLength(value, 'base64') <= MAX_VALUE_BYTES, 'is too long');

const getInput = z.object({
  SecretId: secretId,
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});
const batchInput = z.object({ SecretIdList: z.array(secretId).min(1).max(20), Filters: z.undefined().optional() });
const putInput = z.object({
  SecretId: secretId,
  SecretString: text.optional(),
  SecretBinary: binary.optional(),
  ClientRequestToken: token,
  VersionStages: z.array(z.string()).min(1).max(20).default(['AWSCURRENT']),
});
const updateInput = z.object({
  SecretId: secretId,
  SecretString: text.optional(),
  SecretBinary: binary.optional(),
  Description: z.string().max(2048).optional(),
  ClientRequestToken: token,
});

/** Reading and changing secrets. */
export function secretOperations(secrets: SecretStore): Record<string, JsonOperation> {
  return {
    GetSecretValue: jsonOperation(getInput, (input) => {
      const secret = secrets.find(input.SecretId);
      return secretValue(secret, findVersion(secret, input));
    }),
    BatchGetSecretValue: jsonOperation(batchInput, ({ SecretIdList }) => batch(secrets, SecretIdList)),
    DescribeSecret: jsonOperation(z.object({ SecretId: secretId }), ({ SecretId }) => describe(secrets.find(SecretId))),
    PutSecretValue: jsonOperation(putInput, (input) => {
      const value = newValue(input);
      if (value === undefined) throw invalidRequest('You must provide either SecretString or SecretBinary.');
      const { name } = secrets.find(input.SecretId);
      const version = { value, stages: input.VersionStages, token: input.ClientRequestToken };
      const put = secrets.put(name, version);
      const { id: VersionId, stages: VersionStages } = put.version;
      return { ARN: put.secret.arn, Name: name, VersionId, VersionStages };
    }),
    UpdateSecret: jsonOperation(updateInput, (input) => {
      const { name, arn } = secrets.find(input.SecretId);
      if (input.Description !== undefined) secrets.describe(name, input.Description);
      const value = newValue(input);
      if (value === undefined) return { ARN: arn, Name: name };
      const put = secrets.put(name, { value, stages: ['AWSCURRENT'], token: input.ClientRequestToken });
      return { ARN: arn, Name: name, VersionId: put.version.id };
    }),
  };
}

function newValue(input: { SecretString?: string | undefined; SecretBinary?: string | undefined }) {
  if (input.SecretString !== undefined && input.SecretBinary !== undefined) {
    throw invalidRequest("You can't specify both SecretString and SecretBinary.");
  }
  if (input.SecretString !== undefined) return { SecretString: input.SecretString };
  return input.SecretBinary === undefined ? undefined : { SecretBinary: input.SecretBinary };
}

function findVersion(secret: Secret, wanted: z.output<typeof getInput>): SecretVersion {
  const stage = wanted.VersionStage ?? (wanted.VersionId === undefined ? 'AWSCURRENT' : undefined);
  const version = secret.versions.find(
    ({ id, stages }) =>
      (wanted.VersionId === undefined || id === wanted.VersionId) && (stage === undefined || stages.includes(stage)),
  );
  if (version !== undefined) return version;
  const what = stage === undefined ? `VersionId: ${wanted.VersionId}` : `staging label: ${stage}`;
  throw new ServiceError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${what}`,
  );
}

function secretValue(secret: Secret, version: SecretVersion): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    ...version.value,
    VersionStages: version.stages,
    CreatedDate: seconds(version.createdAt),
  };
}

function batch(secrets: SecretStore, ids: readonly string[]): object {
  const SecretValues: object[] = [];
  const Errors: object[] = [];
  for (const id of ids) {
    try {
      const secret = secrets.find(id);
      SecretValues.push(secretValue(secret, findVersion(secret, { SecretId: id })));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message });
    }
  }
  return { SecretValues, Errors };
}

function describe(secret: Secret): object {
  const staged = secret.versions.filter(({ stages }) => stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
    RotationEnabled: false,
    VersionIdsToStages: Object.fromEntries(staged.map(({ id, stages }) => [id, stages])),
  };
}

function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message);
}

/** The JSON protocol writes instants as seconds. */
function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}
