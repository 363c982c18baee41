import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SessionCredentials } from '../dynamo/document-client.ts';
import { storeBusy } from '../dynamo/storage-errors.ts';
import { callOut, type OutboundAnswer } from '../outbound/outbound-call.ts';
import { callRetrying } from '../outbound/retrying-call.ts';
import { timeLeft } from '../outbound/time-left.ts';
import { TENANT_TAG } from './tenant-tag.ts';

/** The most that STS gives to a role assumed by a role. */
const SESSION_SECONDS = '3600';
const LIMITS = { attempts: 4, attemptMs: 3_000, mostBytes: 65_536 };
const MOST_MS = 8_000;

/**
 * Credentials of sessions that can touch the rows of one company and of no other: the function's tenant role, assumed
 * with the company's id as session tag. One signed call of STS's query protocol; its SDK client would be 39 KB in every
 * bundle (ADR 0010).
 *
 * @param roleArn the function's own tenant role
 * @param own the client of the function's own role, whose region and credentials the call is signed with
 * @returns a provider for each company; every call of it asks STS, so whoever takes it has to remember the answer, as
 * the clients of the SDK do
 * @throws AppError `unavailable`, from a provider, when STS gives no session
 */
export function tenantCredentials(
  roleArn: string,
  { config }: Pick<DynamoDBDocumentClient, 'config'>,
): (empresaId: string) => () => Promise<SessionCredentials> {
  return (empresaId) => async () => {
    const form = new URLSearchParams({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: roleArn,
      RoleSessionName: empresaId,
      DurationSeconds: SESSION_SECONDS,
      'Tags.member.1.Key': TENANT_TAG,
      'Tags.member.1.Value': empresaId,
    });
    const request = await signed(config, form.toString());
    const answer = await callRetrying(() => request, {
      callOut: callThrottled,
      time: timeLeft(MOST_MS),
      ...LIMITS,
    }).catch((thrown: unknown) => {
      throw storeBusy(thrown);
    });
    return credentialsIn(answer);
  };
}

/** The signature holds for minutes, so a repeat may carry it again. */
async function signed(config: DynamoDBDocumentClient['config'], body: string) {
  const region = await config.region();
  // As the SDK reads it.
  const url = new URL(process.env.AWS_ENDPOINT_URL_STS ?? `https://sts.${region}.amazonaws.com`);
  const headers = { host: url.host, 'content-type': 'application/x-www-form-urlencoded' };
  const { protocol, hostname } = url;
  const signer = new SignatureV4({ service: 'sts', region, credentials: config.credentials, sha256: config.sha256 });
  const request = { method: 'POST', protocol, hostname, path: '/', query: {}, headers, body };
  const { host: _, ...sent } = (await signer.sign(request)).headers;
  return { method: 'POST' as const, address: url.href, headers: sent, body };
}

/** STS throttles with a 400, which a repeat mends all the same. */
async function callThrottled(...call: Parameters<typeof callOut>): Promise<OutboundAnswer> {
  const answer = await callOut(...call);
  return /<Code>(Throttling|RequestLimitExceeded)/.test(answer.text) ? { ...answer, status: 429 } : answer;
}

function credentialsIn({ text }: OutboundAnswer): SessionCredentials {
  const textIn = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1];
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = [
    textIn('AccessKeyId'),
    textIn('SecretAccessKey'),
    textIn('SessionToken'),
    textIn('Expiration'),
  ];
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) {
    throw storeBusy(new Error(`STS gave no session: ${textIn('Code') ?? 'no code'}`));
  }
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) };
}
