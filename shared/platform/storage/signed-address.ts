import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Clock } from '../clock/clock.ts';
import { s3Client } from './s3-client.ts';

const HOUR_MS = 3_600_000;
/** Signed as of the full hour, so an address lives between one hour and two. */
const LIVES_SECONDS = 2 * 3_600;

/**
 * Makes addresses from which anybody may read one object of a bucket until they expire, which takes an hour at least.
 * Within an hour an object has one and the same address, so that browsers keep what they have fetched.
 */
export function signedAddresses(bucket: string, clock: Clock): (key: string) => Promise<string> {
  const client = s3Client();
  return (key) => {
    const signingDate = new Date(Math.floor(clock.now().getTime() / HOUR_MS) * HOUR_MS);
    const command = new GetObjectCommand({ Bucket: bucket, Key: key });
    return getSignedUrl(client, command, { signingDate, expiresIn: LIVES_SECONDS });
  };
}
