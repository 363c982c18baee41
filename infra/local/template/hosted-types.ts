import { TemplateError, type Templates } from './template.ts';

/** Resource types that the local cloud brings to life. */
const HOSTED = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::Table',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'Custom::S3BucketNotifications',
]);

/** Types without which the system behaves the same on one machine: who may do what, and who watches. */
const IGNORABLE = new Set([
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::AnomalyDetector',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::LogStream',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::Logs::SubscriptionFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::ResourcePolicy',
  'Custom::LogRetention',
  'Custom::S3AutoDeleteObjects',
]);

/**
 * Refuses a template with a resource that neither can be hosted nor may be left out, so that nothing is missing here
 * without anybody noticing.
 *
 * @throws TemplateError naming each such resource
 */
export function refuseUnhostedTypes(templates: Templates): void {
  const strangers = Object.entries(templates).flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => !HOSTED.has(Type) && !IGNORABLE.has(Type))
      .map(([logicalId, { Type }]) => `${Type} (${stack}/${logicalId})`),
  );
  if (strangers.length === 0) return;
  throw new TemplateError(
    `The template has resources that the local cloud does not know: ${strangers.join(', ')}. ` +
      'Give them local support, or add their types to those that may be left out (infra/local/template/hosted-types.ts).',
  );
}
