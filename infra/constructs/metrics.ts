import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { LogEvent } from '../../shared/platform/log/log.ts';

const PERIOD = Duration.minutes(5);

/** Count of one kind of event of a function within five minutes. */
export function functionMetric(
  functionName: string,
  metricName: 'DeadLetterErrors' | 'Errors' | 'Invocations' | 'Throttles',
): Metric {
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

/** Units, throttles or failures of the table. */
export function tableMetric(
  tableName: string,
  metricName: 'ConsumedReadCapacityUnits' | 'ConsumedWriteCapacityUnits' | 'ReadThrottleEvents' | 'WriteThrottleEvents',
): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: tableName },
    statistic: Stats.SUM,
    period: PERIOD,
  });
}

/** How long the table takes for one operation, as its own servers see it. */
export function tableLatency(tableName: string, operation: 'GetItem' | 'Query' | 'TransactWriteItems'): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName: 'SuccessfulRequestLatency',
    dimensionsMap: { TableName: tableName, Operation: operation },
    statistic: Stats.p(99),
    period: PERIOD,
  });
}

/** Calls of KMS in the whole account: it counts them by operation and not by key. */
export function keyMetric(operation: 'Decrypt' | 'GenerateDataKey'): Metric {
  return new Metric({
    namespace: 'AWS/Usage',
    metricName: 'CallCount',
    dimensionsMap: { Service: 'KMS', Type: 'API', Resource: operation, Class: 'None' },
    statistic: Stats.SUM,
    period: PERIOD,
  });
}

/** Lines of the log with one code, counted by `LogCounters`. */
export function eventMetric(stage: string, event: LogEvent): Metric {
  return new Metric({
    namespace: eventNamespace(stage),
    metricName: event,
    statistic: Stats.SUM,
    period: PERIOD,
  });
}

export function eventNamespace(stage: string): string {
  return `StayOps/${stage}`;
}
