import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { QUEUE_NAMES } from '../../shared/platform/queue/queue-names.ts';
import { deadLettersOf } from '../config/dead-letters.ts';
import { FUNCTION_LIST } from '../config/functions.ts';
import { textsOf } from './ask-aws.ts';
import { type Check, expectation, type Finding, fail, ok, warn } from './finding.ts';
import type { StageUnderCheck } from './stage-under-check.ts';

/** Queues, schedules, stacks, alarms and logs: whether work goes on, and whether anybody would notice if not. */
export function workChecks(under: StageUnderCheck): readonly Check[] {
  const { names } = under;
  const scheduled = FUNCTION_LIST.flatMap(([name, { trigger }]) => (trigger.kind === 'schedule' ? [name] : []));
  return [
    ...['data', 'api', 'jobs', 'observability'].map((part) => stackCheck(names.stack(part), under)),
    ...QUEUE_NAMES.map((name) => queueCheck(names.queue(name))),
    ...deadLettersOf(names).map(deadLetterCheck),
    ...scheduled.map((name) => scheduleCheck(names.schedule(name), under)),
    { subject: 'alarms', look: () => lookAtAlarms(under) },
    { subject: 'log retention', look: () => lookAtLogs(under) },
  ];
}

function stackCheck(name: string, { ask }: StageUnderCheck): Check {
  const subject = `stack ${name}`;
  return {
    subject,
    async look() {
      const parameters = { StackName: name };
      const [status = 'unknown'] = textsOf(
        await ask({ service: 'CLOUDFORMATION', action: 'DescribeStacks', parameters }),
        'StackStatus',
      );
      return [
        expectation(
          /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status),
          ok(subject, status),
          fail(subject, `Is ${status}: read its events in CloudFormation, mend what they name, deploy again.`),
        ),
      ];
    },
  };
}

async function attributesOf(QueueName: string): Promise<Partial<Record<string, string>>> {
  const sqs = new SQSClient({});
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {};
}

function queueCheck(name: string): Check {
  const subject = `queue ${name}`;
  return {
    subject,
    async look() {
      const { RedrivePolicy, ApproximateNumberOfMessages = '0' } = await attributesOf(name);
      return [
        expectation(
          RedrivePolicy !== undefined,
          ok(subject, `${ApproximateNumberOfMessages} waiting`),
          fail(subject, 'What it cannot do is lost: give it its dead-letter queue, or deploy the jobs stack.'),
        ),
      ];
    },
  };
}

function deadLetterCheck(name: string): Check {
  const subject = `queue ${name}`;
  return {
    subject,
    async look() {
      const { ApproximateNumberOfMessages: waiting = '0' } = await attributesOf(name);
      return [
        expectation(
          waiting === '0',
          ok(subject, 'empty'),
          warn(subject, `${waiting} wait for a person: see "depth" in infra/runbook.md.`),
        ),
      ];
    },
  };
}

function scheduleCheck(name: string, { ask }: StageUnderCheck): Check {
  const subject = `schedule ${name}`;
  return {
    subject,
    async look() {
      const { State } = JSON.parse(await ask({ service: 'SCHEDULER', path: `/schedules/${name}` }));
      return [
        expectation(
          State === 'ENABLED',
          ok(subject, 'enabled'),
          fail(subject, `Is ${State}: nothing runs by the clock. Enable it, or deploy the jobs stack.`),
        ),
      ];
    },
  };
}

async function lookAtAlarms({ ask, names, stage }: StageUnderCheck): Promise<readonly Finding[]> {
  const alarmsIn = async (more: Readonly<Record<string, string>>) => {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = { AlarmNamePrefix: names.table, MaxRecords: '100', ...more, ...(token && { NextToken: token }) };
      const xml = await ask({ service: 'CLOUDWATCH', action: 'DescribeAlarms', parameters: page });
      found.push(...textsOf(xml, 'AlarmName'));
      [token] = textsOf(xml, 'NextToken');
    } while (token !== undefined);
    return found;
  };
  const all = await alarmsIn({});
  const ringing = await alarmsIn({ StateValue: 'ALARM' });
  const told = stage.alarmEmail === undefined ? 'nobody is told by this configuration' : `told to ${stage.alarmEmail}`;
  return [
    expectation(
      all.length >= FUNCTION_LIST.length,
      ok('alarms', `${all.length} are set; ${told}`),
      fail('alarms', `Only ${all.length} are set: deploy the observability stack.`),
    ),
    ...ringing.map((name) => fail(`alarm ${name}`, 'Rings: its line in infra/runbook.md says what to do.')),
  ];
}

async function lookAtLogs({ ask, names, stage }: StageUnderCheck): Promise<readonly Finding[]> {
  const groups: { logGroupName: string; retentionInDays?: number }[] = [];
  let nextToken: string | undefined;
  do {
    const json = { logGroupNamePrefix: names.functionLogGroup(''), limit: 50, nextToken };
    const page = JSON.parse(await ask({ service: 'CLOUDWATCH_LOGS', target: 'Logs_20140328.DescribeLogGroups', json }));
    groups.push(...page.logGroups);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  const endless = groups.filter(({ retentionInDays }) => retentionInDays === undefined);
  const other = groups.filter(
    ({ retentionInDays = stage.logRetentionDays }) => retentionInDays !== stage.logRetentionDays,
  );
  if (endless.length > 0) {
    const named = endless.map(({ logGroupName }) => logGroupName).join(', ');
    return [fail('log retention', `Kept for ever: ${named}. Deploy, or set a retention.`)];
  }
  return [
    expectation(
      other.length === 0,
      ok('log retention', `${groups.length} log groups, ${stage.logRetentionDays} days`),
      warn('log retention', `${other.length} log groups keep other than ${stage.logRetentionDays} days: deploy.`),
    ),
  ];
}
