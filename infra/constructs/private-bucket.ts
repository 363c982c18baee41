import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

interface PrivateBucketProps {
  readonly bucketName: string;
  readonly keepsData: boolean;
  /** Days after which objects go, under a prefix or everywhere. */
  readonly expiry?: readonly { readonly prefix?: string; readonly days: number }[];
  /** Origins of the pages that may upload by presigned POST and show what is stored. */
  readonly origins?: readonly string[];
  /** Where accesses are logged; only the log bucket itself has none. */
  readonly accessLogs?: Bucket;
}

/** Gone at once when deleted: versions would keep a guest's data past its time, so there are none. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    const { origins = [], accessLogs } = props;
    super(scope, id, {
      bucketName: props.bucketName,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: false,
      removalPolicy: props.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: lifecycle(props.expiry ?? []),
      ...(accessLogs && {
        // CDK's class fits its own interface but for `| undefined` on optional properties.
        serverAccessLogsBucket: accessLogs as IBucket,
        serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      }),
      ...(origins.length > 0 && {
        cors: [
          {
            allowedOrigins: [...origins],
            allowedMethods: [HttpMethods.GET, HttpMethods.POST],
            allowedHeaders: ['*'],
            maxAge: 3_600,
          },
        ],
      }),
    });
  }
}

function lifecycle(expiry: NonNullable<PrivateBucketProps['expiry']>): LifecycleRule[] {
  const expirations = expiry.map(({ prefix, days }) => ({
    ...(prefix !== undefined && { prefix }),
    expiration: Duration.days(days),
  }));
  return [...expirations, { abortIncompleteMultipartUploadAfter: Duration.days(1) }];
}
