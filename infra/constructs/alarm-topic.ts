import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** Mails alarms to one address, after that address has confirmed. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, props: { topicName: string; email: string }) {
    super(scope, id, { topicName: props.topicName, enforceSSL: true });
    this.addSubscription(new EmailSubscription(props.email));
  }
}
