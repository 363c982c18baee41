import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Names } from '../config/names.ts';
import type { WatchedEvent } from '../config/watched-events.ts';
import { eventNamespace } from './metrics.ts';

/** Counts lines of the functions' logs by their code; the functions themselves send no metric. */
export class LogCounters extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, names, watched }: { stage: string; names: Names; watched: readonly WatchedEvent[] },
  ) {
    super(scope, id);
    for (const { event, functions } of watched) {
      for (const name of functions) {
        const logGroupName = names.functionLogGroup(name);
        new MetricFilter(this, `${event} of ${name}`, {
          logGroup: LogGroup.fromLogGroupName(this, `Log of ${name} for ${event}`, logGroupName),
          filterPattern: FilterPattern.stringValue('$.event', '=', event),
          metricNamespace: eventNamespace(stage),
          metricName: event,
          metricValue: '1',
        });
      }
    }
  }
}
