import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FUNCTION_LIST, type FunctionName } from '../../infra/config/functions.ts';
import { devStage, localStage, stageFromContext } from '../../infra/config/stage.ts';
import { WATCHED_EVENTS } from '../../infra/config/watched-events.ts';
import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { sourceFiles } from '../architecture/source-files.ts';
import { PRICES } from '../bench/cost-prices.ts';
import { type Resource, synthesise } from './synthesis.ts';

const { resources } = synthesise(localStage);

/** What a function is made of: its own folder, and what all functions share. */
function sourcesOf(name: FunctionName): readonly string[] {
  const files = sourceFiles('functions', 'shared/domain', 'shared/composition');
  return files.flatMap(({ path, text }) =>
    path.startsWith(`functions/${name}/`) || path.startsWith('shared/') ? [text] : [],
  );
}

/** `metric of dimension value` of every alarm. */
function watched(alarms: readonly Resource[]): readonly string[] {
  return alarms.map(({ properties }) => {
    const [dimension] = (properties.Dimensions ?? []) as { Value: unknown }[];
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

  it('watch every function whose events Lambda keeps for one that was given up and lost', () => {
    const kept = resources('AWS::Lambda::Function').filter(
      ({ properties }) => properties.DeadLetterConfig !== undefined,
    );
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(alarms).toEqual(
      expect.arrayContaining(kept.map(({ properties }) => `DeadLetterErrors of ${String(properties.FunctionName)}`)),
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

describe('dashboards', () => {
  const boards = new Map(
    resources('AWS::CloudWatch::Dashboard').map(({ properties }) => [
      String(properties.DashboardName).replace('stay-ops-local-', ''),
      JSON.stringify(properties.DashboardBody),
    ]),
  );

  it('are one for each concern, and together show every function, queue and counted line', () => {
    expect([...boards.keys()]).toEqual(['surfaces', 'work', 'partners', 'data']);
    const all = [...boards.values()].join('');
    for (const [name] of FUNCTION_LIST) expect(all).toContain(`stay-ops-local-${name}`);
    for (const name of QUEUE_NAMES) expect(boards.get('work')).toContain(`stay-ops-local-${name}-dlq`);
    for (const { event } of WATCHED_EVENTS) expect(all).toContain(event);
  });

  it('show the table and the calls of KMS beside each other', () => {
    expect(boards.get('data')).toMatch(/ConsumedReadCapacityUnits.*CallCount/);
  });
});

describe('lines of the log', () => {
  it('are counted in the logs of the functions that write them', () => {
    const counted = resources('AWS::Logs::MetricFilter').map(({ properties }) => {
      const [{ MetricName }] = properties.MetricTransformations as [{ MetricName: string }];
      return `${properties.LogGroupName} ${properties.FilterPattern} ${MetricName}`;
    });
    const expected = WATCHED_EVENTS.flatMap(({ event, functions }) =>
      functions.map((name) => `/aws/lambda/stay-ops-local-${name} { $.event = "${event}" } ${event}`),
    );
    expect(counted).toEqual(expected);
  });

  it.each(WATCHED_EVENTS.flatMap(({ event, functions }) => functions.map((name) => [event, name] as const)))(
    '%s is written by %s or by what it is made of',
    (event, name) => {
      expect(sourcesOf(name).some((source) => source.includes(`'${event}'`))).toBe(true);
    },
  );

  it('go: every log group has a term, and every function a log group', () => {
    for (const { properties } of resources('AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(1);
    const ours = resources('AWS::Lambda::Function').filter(({ properties }) => properties.FunctionName !== undefined);
    expect(ours).toHaveLength(FUNCTION_LIST.length);
    for (const { properties } of ours) expect(properties.LoggingConfig).toHaveProperty('LogGroup');
  });
});

describe('the runbook', () => {
  const text = readFileSync(new URL('../../infra/runbook.md', import.meta.url), 'utf8');
  const entries = [...text.matchAll(/^## (.+)\n\n(?=\S)/gm)].map(([, heading]) => heading);

  it('has an entry for every alarm, and an alarm for every entry', () => {
    const linked = resources('AWS::CloudWatch::Alarm').map(({ properties }) => {
      const [, anchor] = /infra\/runbook\.md#(\S+)$/.exec(String(properties.AlarmDescription)) ?? [];
      expect(String(properties.AlarmName)).toMatch(new RegExp(`-${anchor}$`));
      return anchor;
    });
    expect(new Set(linked)).toEqual(new Set(entries));
    expect(new Set(entries).size).toBe(entries.length);
  });
});

it('what all of this costs stands in infra/README.md', () => {
  const [alarms, boards] = ['Alarm', 'Dashboard'].map((type) => resources(`AWS::CloudWatch::${type}`).length);
  const lines = WATCHED_EVENTS.length;
  const { alarmMonth, dashboardMonth, metricMonth } = PRICES;
  const usd = (alarms ?? 0) * alarmMonth + (boards ?? 0) * dashboardMonth + lines * metricMonth;
  const text = readFileSync(new URL('../../infra/README.md', import.meta.url), 'utf8');
  const row = `| a stage: ${alarms} alarms, ${boards} dashboards, ${lines} counted lines of the log | ${usd.toFixed(2)} |`;
  expect(text).toContain(row);
});

describe('the budget', () => {
  it('is told to the same address, before it is spent and when it is', () => {
    expect(resources('AWS::Budgets::Budget')).toEqual([]);
    const stage = stageFromContext({ stage: 'prod', alarmEmail: 'guardia@example.com', monthlyBudgetUsd: '250' });
    const [budget] = synthesise(stage).resources('AWS::Budgets::Budget');
    expect(budget?.properties).toMatchObject({
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 250, Unit: 'USD' } },
      NotificationsWithSubscribers: [
        {
          Notification: { NotificationType: 'ACTUAL', Threshold: 80, ComparisonOperator: 'GREATER_THAN' },
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'guardia@example.com' }],
        },
        { Notification: { NotificationType: 'ACTUAL', Threshold: 100 } },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
      ],
    });
  });
});
