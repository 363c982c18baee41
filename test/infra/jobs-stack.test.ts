import { describe, expect, it } from 'vitest';
import { isTriggeredBy } from '../../infra/config/function-spec.ts';
import { FUNCTION_LIST, FUNCTIONS } from '../../infra/config/functions.ts';
import { localStage } from '../../infra/config/stage.ts';
import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { spelled, synthesise } from './synthesis.ts';

const { resources } = synthesise(localStage);

const asynchronous = FUNCTION_LIST.flatMap(([name, spec]) =>
  isTriggeredBy(spec, 'objects') || isTriggeredBy(spec, 'schedule') ? [name] : [],
);

const queueOf = (suffix: string) => {
  const found = resources('AWS::SQS::Queue').find(
    ({ properties }) => properties.QueueName === `stay-ops-local-${suffix}`,
  );
  if (found === undefined) throw new Error(`There is no queue ${suffix}`);
  return found;
};
const lambdaOf = (name: string) => {
  const found = resources('AWS::Lambda::Function').find(
    ({ properties }) => properties.FunctionName === `stay-ops-local-${name}`,
  );
  if (found === undefined) throw new Error(`There is no function ${name}`);
  return found;
};

describe('queues', () => {
  it('are those of the list and one place for dead letters of each way to fail', () => {
    const names = resources('AWS::SQS::Queue').map(({ properties }) => properties.QueueName);
    const expected = [...QUEUE_NAMES.flatMap((name) => [name, `${name}-dlq`]), ...asynchronous.map((n) => `${n}-dlq`)];
    expect(names.sort()).toEqual(expected.map((suffix) => `stay-ops-local-${suffix}`).sort());
  });

  it('are encrypted and refuse plain HTTP', () => {
    for (const { id, properties } of resources('AWS::SQS::Queue')) {
      expect(properties.SqsManagedSseEnabled).toBe(true);
      const policies = resources('AWS::SQS::QueuePolicy').filter((policy) =>
        JSON.stringify(policy.properties.Queues).includes(`"${id}"`),
      );
      expect(JSON.stringify(policies.map((policy) => policy.properties))).toContain('"aws:SecureTransport":"false"');
    }
  });

  it.each(QUEUE_NAMES)('%s gives work up after five tries, into its dead letters', (name) => {
    expect(queueOf(name).properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [queueOf(`${name}-dlq`).id, 'Arn'] },
      maxReceiveCount: 5,
    });
  });

  it.each([...QUEUE_NAMES, ...asynchronous])('of dead letters keep those of %s for two weeks', (name) => {
    expect(queueOf(`${name}-dlq`).properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });
});

describe('workers', () => {
  const workers = FUNCTION_LIST.flatMap(([name, spec]) => (isTriggeredBy(spec, 'queue') ? [{ name, spec }] : []));

  it('are one for each queue', () => {
    expect(workers.map(({ spec }) => spec.trigger.queue).sort()).toEqual([...QUEUE_NAMES].sort());
  });

  it.each(workers)('$name takes messages in batches and names those that failed', ({ name, spec }) => {
    const mappings = resources('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties);
    expect(mappings).toContainEqual({
      BatchSize: spec.trigger.batchSize,
      EventSourceArn: { 'Fn::GetAtt': [queueOf(spec.trigger.queue).id, 'Arn'] },
      FunctionName: { Ref: lambdaOf(name).id },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it.each(workers)('$name may take a sixth of the time for which its messages are hidden', ({ spec }) => {
    const hidden = queueOf(spec.trigger.queue).properties.VisibilityTimeout;
    expect(hidden).toBeGreaterThanOrEqual(6 * spec.timeoutSeconds);
  });
});

describe('import-arrivals', () => {
  it('is called for every new object under arrivals/, whatever its suffix', () => {
    const notifications = resources('Custom::S3BucketNotifications')
      .map(({ properties }) => properties)
      .filter(({ BucketName }) => spelled(BucketName) === 'stay-ops-local-arrivals-<AWS::AccountId>-<AWS::Region>');
    expect(notifications).toHaveLength(1);
    expect(notifications[0]?.NotificationConfiguration).toEqual({
      LambdaFunctionConfigurations: [
        {
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'arrivals/' }] } },
          LambdaFunctionArn: { 'Fn::GetAtt': [lambdaOf('import-arrivals').id, 'Arn'] },
        },
      ],
    });
  });

  it('may be called by that bucket of this account only', () => {
    const permissions = resources('AWS::Lambda::Permission').filter(
      ({ properties }) =>
        properties.Principal === 's3.amazonaws.com' &&
        spelled(properties.FunctionName) === `<${lambdaOf('import-arrivals').id}.Arn>`,
    );
    expect(permissions).toHaveLength(1);
    expect(permissions[0]?.properties.SourceAccount).toEqual({ Ref: 'AWS::AccountId' });
    expect(spelled(permissions[0]?.properties.SourceArn)).toBe(
      'arn:<AWS::Partition>:s3:::stay-ops-local-arrivals-<AWS::AccountId>-<AWS::Region>',
    );
  });
});

describe('asynchronous calls', () => {
  it.each([
    ['import-arrivals', 2],
    ['late-checkin', 1],
    ['outbox-sweeper', 0],
  ])('of %s are tried %i times more, then kept as dead letters', (name, retries) => {
    const { id, properties } = lambdaOf(name);
    expect(properties.DeadLetterConfig).toEqual({ TargetArn: { 'Fn::GetAtt': [queueOf(`${name}-dlq`).id, 'Arn'] } });
    const configs = resources('AWS::Lambda::EventInvokeConfig').filter(
      (c) => spelled(c.properties.FunctionName) === `<${id}>`,
    );
    expect(configs.map((config) => config.properties.MaximumRetryAttempts)).toEqual([retries]);
  });
});

describe('schedules', () => {
  const schedules = resources('AWS::Scheduler::Schedule').map(({ properties }) => properties);

  it.each([
    ['late-checkin', 'rate(15 minutes)'],
    ['outbox-sweeper', 'rate(5 minutes)'],
  ])('call %s at %s, with dead letters and a role that can do nothing else', (name, rate) => {
    const schedule = schedules.find(({ Name }) => Name === `stay-ops-local-${name}`);
    const functionArn = { 'Fn::GetAtt': [lambdaOf(name).id, 'Arn'] };
    const deadLettersArn = { 'Fn::GetAtt': [queueOf(`${name}-dlq`).id, 'Arn'] };
    expect(schedule).toMatchObject({
      ScheduleExpression: rate,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: functionArn, DeadLetterConfig: { Arn: deadLettersArn }, RetryPolicy: expect.anything() },
    });
    const target = (schedule?.Target ?? {}) as { RoleArn?: unknown };
    const role = resources('AWS::IAM::Role').find(({ id }) => spelled(target.RoleArn) === `<${id}.Arn>`);
    expect(role?.properties.Policies).toMatchObject([
      {
        PolicyDocument: {
          Statement: [
            { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: functionArn },
            { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: deadLettersArn },
          ],
        },
      },
    ]);
  });

  it('are one for each function that the clock calls', () => {
    const scheduled = FUNCTION_LIST.flatMap(([name, spec]) => (isTriggeredBy(spec, 'schedule') ? [name] : []));
    expect(schedules.map(({ Name }) => Name).sort()).toEqual(scheduled.map((name) => `stay-ops-local-${name}`).sort());
  });

  it('begin a run only after the one before has ended', () => {
    expect(FUNCTIONS['late-checkin'].timeoutSeconds).toBeLessThan(15 * 60);
    expect(FUNCTIONS['outbox-sweeper'].timeoutSeconds).toBeLessThan(5 * 60);
  });
});
