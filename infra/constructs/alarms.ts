import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../config/function-spec.ts';
import type { WatchedEvent } from '../config/watched-events.ts';
import { apiMetric, eventMetric, functionDuration, functionMetric, queueMetric, tableMetric } from './metrics.ts';

/** Slowest answer that nobody has to look at, for what a person waits for. */
const SLOW_ANSWER_MS = 3_000;
/** Share of its timeout that work in the background may take. */
const LONG_RUN = 0.8;

interface AlarmSpec {
  /** What is watched, e.g. a function. */
  readonly of: string;
  /** What of it: the end of the alarm's name, and its heading in `infra/runbook.md`. */
  readonly kind: string;
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
    for (const { of, kind, description, metric, most, periods = 1 } of alarms) {
      const name = `${of}-${kind}`;
      const alarm = new Alarm(this, name, {
        alarmName: name,
        alarmDescription: `${description} What to do: infra/runbook.md#${kind}`,
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
      of: functionName,
      kind: 'errors',
      description: 'Calls ended without an answer of ours: a crash, a timeout or no memory left.',
      metric: functionMetric(functionName, 'Errors'),
      most: 0,
    },
    {
      of: functionName,
      kind: 'throttles',
      description: "Calls were turned away: the account's concurrency is used up.",
      metric: functionMetric(functionName, 'Throttles'),
      most: 0,
    },
    {
      of: functionName,
      kind: 'latency',
      description: 'One call in a hundred is slower than it should be.',
      metric: functionDuration(functionName),
      most: waitedFor ? SLOW_ANSWER_MS : timeoutSeconds * 1_000 * LONG_RUN,
      periods: waitedFor ? 3 : 1,
    },
  ];
}

/** An event that a function was called with was given up, and its dead-letter queue did not take it either. */
export function lostEventAlarms(functionName: string): readonly AlarmSpec[] {
  return [
    {
      of: functionName,
      kind: 'lost',
      description: 'An event was given up and its dead-letter queue was away: it is in no queue.',
      metric: functionMetric(functionName, 'DeadLetterErrors'),
      most: 0,
    },
  ];
}

/** Something could not be done for good and waits for a person. */
export function deadLetterAlarms(queueName: string): readonly AlarmSpec[] {
  return [
    {
      of: queueName,
      kind: 'depth',
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
      of: queueName,
      kind: 'age',
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
      of: apiName,
      kind: '5xx',
      description: 'Callers were answered with an error of ours.',
      metric: apiMetric(apiId, '5xx', Stats.SUM),
      most: 0,
    },
    {
      of: apiName,
      kind: 'latency',
      description: 'One answer in a hundred takes longer than it should.',
      metric: apiMetric(apiId, 'Latency', Stats.p(99)),
      most: SLOW_ANSWER_MS,
      periods: 3,
    },
  ];
}

/** The table turns calls away. */
export function tableAlarms(tableName: string): readonly AlarmSpec[] {
  return [
    {
      of: tableName,
      kind: 'throttled-reads',
      description: 'The table turned reads away.',
      metric: tableMetric(tableName, 'ReadThrottleEvents'),
      most: 0,
      periods: 2,
    },
    {
      of: tableName,
      kind: 'throttled-writes',
      description: 'The table turned writes away.',
      metric: tableMetric(tableName, 'WriteThrottleEvents'),
      most: 0,
      periods: 2,
    },
  ];
}

/** Lines of the log that somebody has to know of. */
export function eventAlarms(stage: string, watched: readonly WatchedEvent[]): readonly AlarmSpec[] {
  return watched.map(({ event, kind, description, most, periods = 1 }) => ({
    of: `stay-ops-${stage}`,
    kind,
    description,
    metric: eventMetric(stage, event),
    most,
    periods,
  }));
}
