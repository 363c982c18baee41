/** Lets what follows reach the local cloud's services as it reaches those of AWS: the local cloud tells where they are. */
export async function pointAtLocalCloud(): Promise<void> {
  const address = process.env.API_ADDRESS ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
  const info = (await (await fetch(new URL('/_local/info', address))).json()) as {
    readonly endpoints: { readonly dynamodb: string; readonly kms: string };
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  process.env.AWS_ENDPOINT_URL_DYNAMODB = info.endpoints.dynamodb;
  process.env.AWS_ENDPOINT_URL_KMS = info.endpoints.kms;
  process.env.AWS_REGION = info.region;
  process.env.AWS_ACCESS_KEY_ID = info.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = info.secretAccessKey;
}
