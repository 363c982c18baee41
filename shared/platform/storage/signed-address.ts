import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../clock/clock.ts';
import { documentClient } from '../dynamo/document-client.ts';

const HOUR_MS = 3_600_000;
/** Signed as of the full hour, so an address lives between one hour and two. */
const LIVES_SECONDS = 2 * 3_600;

/**
 * Makes addresses from which anybody may read one object of a bucket until they expire, which takes an hour at least
 * (SigV4 in the query, as S3 documents it). Within an hour an object has one and the same address, so that browsers keep
 * what they have fetched. Signed here, because the client of S3 is a quarter of a bundle.
 */
export function signedAddresses(bucket: string, clock: Clock): (key: string) => Promise<string> {
  // A client that every function has, for the region and the credentials that it knows.
  const { credentials, sha256, region: regionOf } = documentClient().config;
  return async (key) => {
    const region = await regionOf();
    const url = objectUrl(bucket, region, key);
    // S3 takes the path as it is sent.
    const signer = new SignatureV4({ service: 's3', region, credentials, sha256, uriEscapePath: false });
    const { protocol, hostname, pathname: path } = url;
    const headers = { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const request = { method: 'GET', protocol, hostname, path, query: {}, headers };
    const signingDate = new Date(Math.floor(clock.now().getTime() / HOUR_MS) * HOUR_MS);
    const { query = {} } = await signer.presign(request, { signingDate, expiresIn: LIVES_SECONDS });
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url.href;
  };
}

/** An endpoint of one's own has no name for each bucket, so those stand in the path. */
function objectUrl(bucket: string, region: string, key: string): URL {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3;
  const base = endpoint === undefined ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${bucket}`;
  return new URL(`${base}/${key.split('/').map(encodeURIComponent).join('/')}`);
}
