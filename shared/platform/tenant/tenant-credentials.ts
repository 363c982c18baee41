import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { SessionCredentials } from '../dynamo/document-client.ts';
import { storeBusy } from '../dynamo/storage-errors.ts';
import { TENANT_TAG } from './tenant-tag.ts';

/** The most that STS gives to a role assumed by a role. */
const SESSION_SECONDS = 3_600;

/**
 * Credentials of sessions that can touch the rows of one company and of no other: the function's tenant role, assumed
 * with the company's id as session tag.
 *
 * @param roleArn the function's own tenant role
 * @throws AppError `unavailable`, from a provider, when STS gives no session
 * @returns a provider for each company; every call of it asks STS, so whoever takes it has to remember the answer, as
 * the clients of the SDK do
 */
export function tenantCredentials(roleArn: string): (empresaId: string) => () => Promise<SessionCredentials> {
  const sts = new STSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  return (empresaId) => async () => {
    const command = new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: empresaId,
      Tags: [{ Key: TENANT_TAG, Value: empresaId }],
      DurationSeconds: SESSION_SECONDS,
    });
    const { Credentials: issued } = await sts.send(command).catch((thrown: unknown) => {
      throw storeBusy(thrown);
    });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = issued ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw new Error('STS answered without credentials');
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
}
