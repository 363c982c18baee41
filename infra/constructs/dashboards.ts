import { Dashboard, GraphWidget, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { deadLettersOf } from '../config/dead-letters.ts';
import type { FunctionSpec } from '../config/function-spec.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import type { Names } from '../config/names.ts';
import { WATCHED_EVENTS, type WatchedEvent } from '../config/watched-events.ts';
import {
  apiMetric,
  eventMetric,
  functionDuration,
  functionMetric,
  keyMetric,
  queueMetric,
  tableLatency,
  tableMetric,
} from './metrics.ts';

function graph(title: string, left: readonly Metric[]): GraphWidget {
  return new GraphWidget({ title, left: [...left], width: 12 });
}

/** One dashboard for each concern: what callers see, work, partners, and where the data rest. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, { stage, names, apiId }: { stage: string; names: Names; apiId: string }) {
    super(scope, id);
    const boards = {
      surfaces: surfaces(names, apiId, stage),
      work: work(names, stage),
      partners: events(stage, 'partners'),
      data: data(names),
    };
    for (const [concern, graphs] of Object.entries(boards)) {
      new Dashboard(this, concern, { dashboardName: names.stack(concern) }).addWidgets(...graphs);
    }
  }
}

function functionGraphs(names: Names, isShown: (spec: FunctionSpec) => boolean): readonly GraphWidget[] {
  const functions = FUNCTION_LIST.flatMap(([name, spec]) => (isShown(spec) ? [names.function(name)] : []));
  return [
    graph(
      'Errors',
      functions.map((name) => functionMetric(name, 'Errors')),
    ),
    graph(
      'Duration, p99 (ms)',
      functions.map((name) => functionDuration(name)),
    ),
  ];
}

const isWaitedFor = ({ trigger }: FunctionSpec) => trigger.kind === 'http' || trigger.kind === 'authorizer';

function surfaces(names: Names, apiId: string, stage: string): readonly GraphWidget[] {
  return [
    graph('Calls', [
      apiMetric(apiId, 'Count', Stats.SUM),
      apiMetric(apiId, '4xx', Stats.SUM),
      apiMetric(apiId, '5xx', Stats.SUM),
    ]),
    graph('Answer time, p50 and p99 (ms)', [
      apiMetric(apiId, 'Latency', Stats.p(50)),
      apiMetric(apiId, 'Latency', Stats.p(99)),
    ]),
    ...functionGraphs(names, isWaitedFor),
    ...events(stage, 'access'),
  ];
}

function work(names: Names, stage: string): readonly GraphWidget[] {
  return [
    graph(
      'Dead letters',
      deadLettersOf(names).map((queue) => queueMetric(queue, 'ApproximateNumberOfMessagesVisible')),
    ),
    graph(
      'Oldest work (s)',
      QUEUE_NAMES.map((name) => queueMetric(names.queue(name), 'ApproximateAgeOfOldestMessage')),
    ),
    ...functionGraphs(names, (spec) => !isWaitedFor(spec)),
    ...events(stage, 'work'),
  ];
}

/** A graph for each line of the log that is counted. */
function events(stage: string, concern: WatchedEvent['concern']): readonly GraphWidget[] {
  return WATCHED_EVENTS.filter((each) => each.concern === concern).map(({ event, description }) =>
    graph(description, [eventMetric(stage, event)]),
  );
}

function data({ table }: Names): readonly GraphWidget[] {
  return [
    graph('Units consumed', [
      tableMetric(table, 'ConsumedReadCapacityUnits'),
      tableMetric(table, 'ConsumedWriteCapacityUnits'),
    ]),
    graph('Calls turned away', [tableMetric(table, 'ReadThrottleEvents'), tableMetric(table, 'WriteThrottleEvents')]),
    graph(
      'Time of the table, p99 (ms)',
      (['GetItem', 'Query', 'TransactWriteItems'] as const).map((operation) => tableLatency(table, operation)),
    ),
    graph("Calls of KMS, the account's", [keyMetric('Decrypt'), keyMetric('GenerateDataKey')]),
  ];
}
