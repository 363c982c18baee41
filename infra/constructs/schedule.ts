import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

interface ScheduleProps {
  readonly name: string;
  /** `rate(<n> minutes)`. */
  readonly rate: string;
  readonly target: LambdaFunction;
  readonly deadLetters: Queue;
  /** Tries after the first one when Lambda does not take the call. */
  readonly retries: number;
  /** A call that is older is dropped into the dead-letter queue: the next one is due. */
  readonly maximumAgeSeconds: number;
}

/** Calls a function again and again, by a role of its own that can do nothing else. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        call: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.target.functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [props.deadLetters.queueArn] }),
          ],
        }),
      },
    });
    new CfnSchedule(this, 'Schedule', {
      name: props.name,
      scheduleExpression: props.rate,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: props.target.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: props.deadLetters.queueArn },
        retryPolicy: { maximumRetryAttempts: props.retries, maximumEventAgeInSeconds: props.maximumAgeSeconds },
      },
    });
  }
}
