import { describe, expect, it } from 'vitest';
import { synthesise } from '../../../infra/local/template/synthesise.ts';
import { readSystem } from '../../../infra/local/template/system.ts';
import type { TemplateResource } from '../../../infra/local/template/template.ts';

const naming = {
  place: { partition: 'aws', account: '000000000000', region: 'eu-west-1' },
  queueUrl: (name: string) => `http://queues/${name}`,
};
const read = (resources: Record<string, TemplateResource>) => readSystem({ stack: { Resources: resources } }, naming);
const lambda = (properties: Record<string, unknown> = {}): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: 'worker', Timeout: 5, ...properties },
  Metadata: { 'stay-ops:source': 'functions/worker/handler.ts' },
});
const queue = (properties: Record<string, unknown> = {}): TemplateResource => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: 'work', ...properties },
});

describe('what a template names', () => {
  it('a function with its environment, timeout and the fate of its failed events', () => {
    const { functions } = read({
      Queue: queue(),
      Dead: queue({ QueueName: 'dead' }),
      Worker: lambda({
        Environment: { Variables: { URL: { Ref: 'Queue' }, NUMBER: 1 } },
        DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
      }),
      Policy: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: { Ref: 'Worker' }, Qualifier: '$LATEST', MaximumRetryAttempts: 1 },
      },
    });
    expect(functions).toEqual([
      {
        name: 'worker',
        arn: 'arn:aws:lambda:eu-west-1:000000000000:function:worker',
        source: 'functions/worker/handler.ts',
        environment: { URL: 'http://queues/work', NUMBER: '1' },
        timeoutSeconds: 5,
        memoryMb: 128,
        asynchronous: {
          retries: 1,
          deadLetterArn: 'arn:aws:sqs:eu-west-1:000000000000:dead',
          onFailureArn: undefined,
        },
      },
    ]);
  });

  it('queues with their dead-letter queues, and who works them off', () => {
    const system = read({
      Queue: queue({
        VisibilityTimeout: 360,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 5 },
      }),
      Dead: queue({ QueueName: 'dead' }),
      Worker: lambda(),
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'Worker' },
          EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          BatchSize: 3,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
    });
    expect(system.queues[0]).toMatchObject({
      name: 'work',
      visibilityTimeoutSeconds: 360,
      redrive: { deadLetterQueueName: 'dead', maxReceiveCount: 5 },
    });
    expect(system.queueSources).toEqual([
      {
        functionName: 'worker',
        queueName: 'work',
        queueArn: 'arn:aws:sqs:eu-west-1:000000000000:work',
        batchSize: 3,
        batchingWindowSeconds: 0,
        reportBatchItemFailures: true,
      },
    ]);
  });

  it('a schedule in its time zone, whatever role it calls by', () => {
    const { schedules } = read({
      Worker: lambda(),
      Role: { Type: 'AWS::IAM::Role' },
      Nightly: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          Name: 'nightly',
          ScheduleExpression: 'cron(0 3 * * ? *)',
          ScheduleExpressionTimezone: 'Europe/Madrid',
          State: 'DISABLED',
          Target: {
            Arn: { 'Fn::GetAtt': ['Worker', 'Arn'] },
            RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Input: '{"a":1}',
          },
        },
      },
    });
    expect(schedules).toMatchObject([
      { name: 'nightly', timeZone: 'Europe/Madrid', enabled: false, functionName: 'worker', input: '{"a":1}' },
    ]);
  });

  it('the same reference means the resource of its own stack', () => {
    const { queues } = readSystem(
      { one: { Resources: { Queue: queue({ QueueName: 'first' }) } }, two: { Resources: { Queue: queue() } } },
      naming,
    );
    expect(queues.map(({ name }) => name)).toEqual(['first', 'work']);
  });
});

describe('what cannot be hosted stops the start with a sentence', () => {
  it.each([
    [
      'a type nobody knows',
      { Topic: { Type: 'AWS::Kinesis::Stream' } },
      /AWS::Kinesis::Stream \(stack\/Topic\).*Give them local support/,
    ],
    ['a FIFO queue', { Queue: queue({ FifoQueue: true }) }, /AWS::SQS::Queue stack\/Queue.*FIFO/],
    ['a function without its source', { Worker: { ...lambda(), Metadata: {} } }, /stack\/Worker.*stay-ops:source/],
    [
      'a table with a stream',
      {
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            TableName: 't',
            AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
            KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
            StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
          },
        },
      },
      /stream has no local counterpart/,
    ],
    [
      'a cached authorizer',
      {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
        Authorizer: {
          Type: 'AWS::ApiGatewayV2::Authorizer',
          Properties: {
            AuthorizerType: 'REQUEST',
            AuthorizerUri: 'arn:aws:lambda:eu-west-1:0:function:worker',
            AuthorizerPayloadFormatVersion: '2.0',
            EnableSimpleResponses: true,
            AuthorizerResultTtlInSeconds: 60,
          },
        },
      },
      /caching of verdicts/,
    ],
    [
      'a schedule of a function that is not there',
      {
        Lost: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: {
            Name: 's',
            ScheduleExpression: 'rate(1 day)',
            Target: { Arn: 'arn:aws:lambda:x:0:function:gone' },
          },
        },
      },
      /does not define: gone/,
    ],
  ])('%s', (_, resources, sentence) => {
    expect(() => read(resources as Record<string, TemplateResource>)).toThrow(sentence);
  });
});

describe('the app itself', () => {
  it('can be hosted: each function has a caller or is the authorizer, and no name is left open', async () => {
    const system = readSystem(await synthesise(), naming);
    const called = new Set([
      ...(system.api?.routes ?? []).flatMap(({ functionName, authorizer }) => [functionName, authorizer]),
      ...system.schedules.map(({ functionName }) => functionName),
      ...system.queueSources.map(({ functionName }) => functionName),
      ...system.objectNotifications.map(({ functionName }) => functionName),
    ]);
    expect(system.functions.map(({ name }) => name).filter((name) => !called.has(name))).toEqual([]);
    expect(system.tables).toHaveLength(1);
    expect(JSON.stringify(system)).not.toMatch(/\$\{|Fn::|"Ref"/);
  });
});
