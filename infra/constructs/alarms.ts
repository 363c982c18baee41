import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../config/function-spec.ts';

const PERIOD = Duration.minutes(5);
/** Slowest answer that nobody has to look at, for what a person waits for. */
const SLOW_ANSWER_MS = 3_000;
/** Share of its timeout that work in the background may take. */
const LONG_RUN = 0.8;

/** Count of one kind of event of a function within five minutes. */
export function functionMetric(functionName: string, metricName: 'Errors' | 'Invocations' | 'Throttles'): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: functionName },
    statistic: Stats.SUM,
    period: PERIOD,
  });
}

/** Duration in milliseconds that one call in a hundred exceeds. */
export function functionDuration(functionName: string): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Duration',
    dimensionsMap: { FunctionName: functionName },
    statistic: Stats.p(99),
    period: PERIOD,
  });
}

/** Depth or age of a queue. */
export function queueMetric(
  queueName: string,
  metricName: 'ApproximateAgeOfOldestMessage' | 'ApproximateNumberOfMessagesVisible',
): Metric {
  return new Metric({
    namespace: 'AWS/SQS',
    metricName,
    dimensionsMap: { QueueName: queueName },
    statistic: Stats.MAXIMUM,
    period: PERIOD,
  });
}

/** A metric of the HTTP API, whose answers of our own making Lambda does not count as errors. */
export function apiMetric(apiId: string, metricName: '4xx' | '5xx' | 'Count' | 'Latency', statistic: string): Metric {
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: apiId },
    statistic,
    period: PERIOD,
  });
}

interface AlarmSpec {
  readonly name: string;
  readonly description: string;
  readonly metric: Metric;
  /** Highest value that is still well. */
  readonly most: number;
  /** Periods of five minutes that have to be bad, one after another. */
  readonly periods?: number;
}

/** The alarms of one thing that is watched; silence is well, because nothing runs without a caller. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, alarms: readonly AlarmSpec[], action: IAlarmAction | undefined) {
    super(scope, id);
    for (const { name, description, metric, most, periods = 1 } of alarms) {
      const alarm = new Alarm(this, name, {
        alarmName: name,
        alarmDescription: description,
        metric,
        threshold: most,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (action !== undefined) alarm.addAlarmAction(action);
    }
  }
}

/** Errors, throttles and slowness of one function. */
export function functionAlarms(functionName: string, { trigger, timeoutSeconds }: FunctionSpec): readonly AlarmSpec[] {
  const waitedFor = trigger.kind === 'http' || trigger.kind === 'authorizer';
  return [
    {
      name: `${functionName}-errors`,
      description: 'Calls ended without an answer of ours: a crash, a timeout or no memory left.',
      metric: functionMetric(functionName, 'Errors'),
      most: 0,
    },
    {
      name: `${functionName}-throttles`,
      description: "Calls were turned away: the account's concurrency is used up.",
      metric: functionMetric(functionName, 'Throttles'),
      most: 0,
    },
    {
      name: `${functionName}-latency`,
      description: 'One call in a hundred is slower than it should be.',
      metric: functionDuration(functionName),
      most: waitedFor ? SLOW_ANSWER_MS : timeoutSeconds * 1_000 * LONG_RUN,
      periods: waitedFor ? 3 : 1,
    },
  ];
}

/** Something could not be done for good and waits for a person. */
export function deadLetterAlarms(queueName: string): readonly AlarmSpec[] {
  return [
    {
      name: `${queueName}-depth`,
      description: 'Work could not be done and waits in the dead-letter queue for a person.',
      metric: queueMetric(queueName, 'ApproximateNumberOfMessagesVisible'),
      most: 0,
    },
  ];
}

/** A queue is not emptied as fast as it fills. */
export function workQueueAlarms(queueName: string): readonly AlarmSpec[] {
  return [
    {
      name: `${queueName}-age`,
      description: 'The oldest work has waited for half an hour.',
      metric: queueMetric(queueName, 'ApproximateAgeOfOldestMessage'),
      most: 1_800,
    },
  ];
}

/** What callers of the API see. */
export function apiAlarms(apiName: string, apiId: string): readonly AlarmSpec[] {
  return [
    {
      name: `${apiName}-5xx`,
      description: 'Callers were answered with an error of ours.',
      metric: apiMetric(apiId, '5xx', Stats.SUM),
      most: 0,
    },
    {
      name: `${apiName}-latency`,
      description: 'One answer in a hundred takes longer than it should.',
      metric: apiMetric(apiId, 'Latency', Stats.p(99)),
      most: SLOW_ANSWER_MS,
      periods: 3,
    },
  ];
}
