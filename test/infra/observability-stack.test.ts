import { describe, expect, it } from 'vitest';
import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import { devStage, localStage } from '../../infra/config/stage.ts';
import { type Resource, synthesise } from './synthesis.ts';

const { resources } = synthesise(localStage);

/** `metric of dimension value` of every alarm. */
function watched(alarms: readonly Resource[]): readonly string[] {
  return alarms.map(({ properties }) => {
    const [dimension] = properties.Dimensions as { Value: unknown }[];
    return `${properties.MetricName} of ${typeof dimension?.Value === 'string' ? dimension.Value : 'the API'}`;
  });
}

const alarms = watched(resources('AWS::CloudWatch::Alarm'));

describe('alarms', () => {
  it.each(FUNCTION_LIST)('watch errors, throttles and slowness of %s', (name) => {
    const lambda = `stay-ops-local-${name}`;
    expect(alarms).toEqual(
      expect.arrayContaining([`Errors of ${lambda}`, `Throttles of ${lambda}`, `Duration of ${lambda}`]),
    );
  });

  it('watch every dead-letter queue that any stack has', () => {
    const names = resources('AWS::SQS::Queue').map(({ properties }) => String(properties.QueueName));
    const deadLetters = names.filter((name) => name.endsWith('-dlq'));
    expect(deadLetters.length).toBeGreaterThanOrEqual(4);
    expect(alarms).toEqual(
      expect.arrayContaining(deadLetters.map((name) => `ApproximateNumberOfMessagesVisible of ${name}`)),
    );
  });

  it('watch the age of work, and what callers of the API see', () => {
    expect(alarms).toEqual(
      expect.arrayContaining([
        'ApproximateAgeOfOldestMessage of stay-ops-local-work',
        '5xx of the API',
        'Latency of the API',
      ]),
    );
  });

  it('measure slowness at the 99th percentile', () => {
    const slow = resources('AWS::CloudWatch::Alarm').filter(({ properties }) =>
      ['Duration', 'Latency'].includes(String(properties.MetricName)),
    );
    expect(slow.length).toBe(FUNCTION_LIST.length + 1);
    for (const { properties } of slow) expect(properties.ExtendedStatistic).toBe('p99');
  });

  it('ring before a function in the background is cut off', () => {
    for (const [name, spec] of FUNCTION_LIST) {
      const alarm = resources('AWS::CloudWatch::Alarm').find(
        ({ properties }) => properties.AlarmName === `stay-ops-local-${name}-latency`,
      );
      expect(Number(alarm?.properties.Threshold)).toBeGreaterThan(0);
      expect(Number(alarm?.properties.Threshold)).toBeLessThan(spec.timeoutSeconds * 1_000);
    }
  });

  it('take silence for health', () => {
    for (const { properties } of resources('AWS::CloudWatch::Alarm')) {
      expect(properties.TreatMissingData).toBe('notBreaching');
    }
  });
});

describe('who is told', () => {
  it('nobody when no address is given', () => {
    expect(resources('AWS::SNS::Topic')).toEqual([]);
    for (const { properties } of resources('AWS::CloudWatch::Alarm'))
      expect(properties).not.toHaveProperty('AlarmActions');
  });

  it('one address, of every alarm', () => {
    const told = synthesise({ ...devStage, alarmEmail: 'guardia@example.com' }).resources;
    const [topic] = told('AWS::SNS::Topic');
    expect(told('AWS::SNS::Subscription').map(({ properties }) => properties)).toMatchObject([
      { Protocol: 'email', Endpoint: 'guardia@example.com', TopicArn: { Ref: topic?.id } },
    ]);
    for (const { properties } of told('AWS::CloudWatch::Alarm')) {
      expect(properties.AlarmActions).toEqual([{ Ref: topic?.id }]);
    }
  });
});

describe('dashboard', () => {
  it('is one and shows every function and every queue', () => {
    const dashboards = resources('AWS::CloudWatch::Dashboard');
    expect(dashboards).toHaveLength(1);
    const body = JSON.stringify(dashboards[0]?.properties.DashboardBody);
    for (const [name] of FUNCTION_LIST) expect(body).toContain(`stay-ops-local-${name}`);
    expect(body).toContain('stay-ops-local-work-dlq');
  });
});
