import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { collectBody } from './collect-body.ts';

/** Attempts of one call: outlasts a burst of seven throttled answers, then gives up inside the gateway's 30 s. */
const ATTEMPTS = 8;
/** Doubling from 50 ms, the base that the SDK's own DynamoDB guidance gives, and never above 2 s. */
const BASE_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2_000;

function delayBefore(attempt: number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, BASE_DELAY_MS * 2 ** attempt);
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}

/**
 * The SDK's own logger does nothing either, but is handed a copy of every row that a call carries; without `info` there
 * is nobody to copy them for.
 */
const NO_LOGGER = { debug() {}, warn() {}, error() {} } as NonNullable<DynamoDBClientConfig['logger']>;

/** Credentials of a session; the client asks for new ones five minutes before `expiration`. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

interface SessionOf {
  /** The client whose connections are used. */
  readonly like: DynamoDBDocumentClient;
  readonly credentials: () => Promise<SessionCredentials>;
}

/**
 * One client for the life of the process: connections are kept alive between invocations.
 * @param session calls with other credentials than the function's own
 */
export function documentClient(session?: SessionOf): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    logger: NO_LOGGER,
    streamCollector: collectBody,
    retryStrategy: new ConfiguredRetryStrategy(ATTEMPTS, delayBefore),
    requestHandler: session?.like.config.requestHandler ?? {
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    },
    ...(session && { credentials: session.credentials }),
  });
  // It prepares every request and answer for a log that nobody has asked for: a sixth of the time of a long list.
  client.middlewareStack.remove('loggerMiddleware');
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
