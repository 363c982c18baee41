import { Dashboard, GraphWidget, type IAlarmAction, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { deadLettersOf } from '../config/dead-letters.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import type { Names } from '../config/names.ts';
import type { StageConfig } from '../config/stage.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import {
  Alarms,
  apiAlarms,
  apiMetric,
  deadLetterAlarms,
  functionAlarms,
  functionDuration,
  functionMetric,
  queueMetric,
  workQueueAlarms,
} from '../constructs/alarms.ts';

interface ObservabilityStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly names: Names;
}

/** Alarms and one dashboard over the other stacks, all of them by name. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const { names, stage } = props;
    const action = this.#actionOf(stage, names);
    const apiId = StringParameter.valueForStringParameter(this, names.apiIdParameter);
    new Alarms(this, 'Api', apiAlarms(names.stack('api'), apiId), action);
    for (const [name, spec] of FUNCTION_LIST) {
      new Alarms(this, name, functionAlarms(names.function(name), spec), action);
    }
    for (const queue of deadLettersOf(names)) new Alarms(this, queue, deadLetterAlarms(queue), action);
    for (const name of QUEUE_NAMES) new Alarms(this, `${name}-queue`, workQueueAlarms(names.queue(name)), action);
    this.#addDashboard(names, apiId);
  }

  #actionOf({ alarmEmail }: StageConfig, names: Names): IAlarmAction | undefined {
    if (alarmEmail === undefined) return undefined;
    return new SnsAction(new AlarmTopic(this, 'Topic', { topicName: names.alarmTopic, email: alarmEmail }));
  }

  #addDashboard(names: Names, apiId: string): void {
    const functions = FUNCTION_LIST.map(([name]) => names.function(name));
    const graph = (title: string, left: Metric[]) => new GraphWidget({ title, left, width: 12 });
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: names.stack('overview') });
    dashboard.addWidgets(
      graph('Calls', [
        apiMetric(apiId, 'Count', Stats.SUM),
        apiMetric(apiId, '4xx', Stats.SUM),
        apiMetric(apiId, '5xx', Stats.SUM),
      ]),
      graph('Answer time, p50 and p99 (ms)', [
        apiMetric(apiId, 'Latency', Stats.p(50)),
        apiMetric(apiId, 'Latency', Stats.p(99)),
      ]),
      graph(
        'Errors',
        functions.map((name) => functionMetric(name, 'Errors')),
      ),
      graph(
        'Duration, p99 (ms)',
        functions.map((name) => functionDuration(name)),
      ),
      graph(
        'Dead letters',
        deadLettersOf(names).map((queue) => queueMetric(queue, 'ApproximateNumberOfMessagesVisible')),
      ),
      graph(
        'Oldest work (s)',
        QUEUE_NAMES.map((name) => queueMetric(names.queue(name), 'ApproximateAgeOfOldestMessage')),
      ),
    );
  }
}
