import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { s3Client } from './s3-client.ts';

/** What somebody may put into a bucket, once or again, until the form expires. */
export interface UploadForm {
  /** Where to post the form. */
  readonly url: string;
  /** Fields that go before the file, unchanged; the file's own field is `file` and comes last. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface FormTerms {
  readonly key: string;
  /** Bytes; S3 refuses more, and nothing at all. */
  readonly most: number;
  readonly seconds: number;
  /** Stored beside the object; values of visible ASCII. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Makes presigned POST forms of one bucket, whose size limit S3 itself enforces (a presigned PUT has none). */
export function presignedForms(bucket: string): (terms: FormTerms) => Promise<UploadForm> {
  const client = s3Client();
  return async ({ key, most, seconds, metadata = {} }) => {
    const Fields = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]));
    return createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Fields,
      Conditions: [['content-length-range', 1, most]],
      Expires: seconds,
    });
  };
}
