import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { calledByEvents, deadLettersOf } from '../config/dead-letters.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import type { Names } from '../config/names.ts';
import type { StageConfig } from '../config/stage.ts';
import { WATCHED_EVENTS } from '../config/watched-events.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import {
  Alarms,
  apiAlarms,
  deadLetterAlarms,
  eventAlarms,
  functionAlarms,
  lostEventAlarms,
  tableAlarms,
  workQueueAlarms,
} from '../constructs/alarms.ts';
import { Dashboards } from '../constructs/dashboards.ts';
import { LogCounters } from '../constructs/log-counters.ts';
import { MonthlyBudget } from '../constructs/monthly-budget.ts';

interface ObservabilityStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly names: Names;
}

/** Alarms, dashboards and the budget over the other stacks, all of them by name. */
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
    for (const name of calledByEvents()) {
      new Alarms(this, `${name}-events`, lostEventAlarms(names.function(name)), action);
    }
    for (const queue of deadLettersOf(names)) new Alarms(this, queue, deadLetterAlarms(queue), action);
    for (const name of QUEUE_NAMES) new Alarms(this, `${name}-queue`, workQueueAlarms(names.queue(name)), action);
    new Alarms(this, 'Table', tableAlarms(names.table), action);
    new LogCounters(this, 'Counters', { stage: stage.name, names, watched: WATCHED_EVENTS });
    new Alarms(this, 'Events', eventAlarms(stage.name, WATCHED_EVENTS), action);
    new Dashboards(this, 'Dashboards', { stage: stage.name, names, apiId });
    if (stage.alarmEmail !== undefined) {
      const { monthlyBudgetUsd: usd, alarmEmail: email } = stage;
      new MonthlyBudget(this, 'Budget', { name: names.stack('monthly'), usd, email });
    }
  }

  #actionOf({ alarmEmail }: StageConfig, names: Names): IAlarmAction | undefined {
    if (alarmEmail === undefined) return undefined;
    return new SnsAction(new AlarmTopic(this, 'Topic', { topicName: names.alarmTopic, email: alarmEmail }));
  }
}
