import { S3Client } from '@aws-sdk/client-s3';

/** One client for the life of the process. An endpoint of one's own has no name for each bucket, so those stand in the path. */
export function s3Client(): S3Client {
  return new S3Client({
    maxAttempts: 4,
    forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
    // A checksum of what is not there yet would be signed into a form.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });
}
