import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Construct } from 'constructs';
import type { BucketName, Names } from '../config/names.ts';

interface BucketNotificationProps {
  readonly names: Names;
  readonly bucket: BucketName;
  readonly prefix: string;
  readonly target: LambdaFunction;
}

/**
 * Calls a function for every new object under a prefix. The bucket belongs to another stack and is known by its name,
 * so CDK's custom resource adds the notification; it gets a role of ours instead of an AWS managed policy.
 */
export class BucketNotification extends Construct {
  constructor(scope: Construct, id: string, { names, bucket, prefix, target }: BucketNotificationProps) {
    super(scope, id);
    const notificationsHandlerRole = new Role(this, 'HandlerRole', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        notify: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:GetBucketNotification', 's3:PutBucketNotification'],
              resources: [names.bucketArn(bucket)],
            }),
          ],
        }),
      },
    }).withoutPolicyUpdates();
    Bucket.fromBucketAttributes(this, 'Bucket', {
      bucketName: names.bucket(bucket),
      notificationsHandlerRole,
    }).addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(target), { prefix });
  }
}
