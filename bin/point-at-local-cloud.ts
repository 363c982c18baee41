/**
 * Lets what follows reach the local cloud's services as it reaches those of AWS: the local cloud tells where they
 * are.
 *
 * @returns the address of its API
 */
export async function pointAtLocalCloud(): Promise<string> {
  const address = process.env.API_ADDRESS ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
  const info = (await (await fetch(new URL('/_local/info', address))).json()) as {
    readonly endpoints: Readonly<Record<'dynamodb' | 'kms' | 's3' | 'sqs' | 'secretsManager', string>>;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  process.env.AWS_ENDPOINT_URL_DYNAMODB = info.endpoints.dynamodb;
  process.env.AWS_ENDPOINT_URL_KMS = info.endpoints.kms;
  process.env.AWS_ENDPOINT_URL_S3 = info.endpoints.s3;
  process.env.AWS_ENDPOINT_URL_SQS = info.endpoints.sqs;
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = info.endpoints.secretsManager;
  process.env.AWS_REGION = info.region;
  process.env.AWS_ACCESS_KEY_ID = info.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = info.secretAccessKey;
  return address;
}
