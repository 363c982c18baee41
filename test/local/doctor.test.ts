import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DisableKeyRotationCommand, KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import { type LocalServer, startLocalServer } from '../../infra/local/aws-json/local-server.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
let aws: LocalServer;
beforeAll(async () => {
  cloud = await startTestCloud();
  aws = await startLocalServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const asked = `${request.method} ${request.url} ${request.headers['x-amz-target'] ?? ''} ${Buffer.concat(parts)}`;
    const signed = /AWS4-HMAC-SHA256 Credential=local\//.test(request.headers.authorization ?? '');
    const [, answer] = signed ? (Object.entries(answers).find(([part]) => asked.includes(part)) ?? []) : [];
    response.writeHead(answer === undefined ? 400 : 200).end(answer ?? '<Code>AccessDeniedException</Code>');
  });
});
afterAll(async () => {
  await aws.close();
  await cloud.close();
});

const alarms = (names: readonly string[]) =>
  `<MetricAlarms>${names.map((name) => `<member><AlarmName>${name}</AlarmName></member>`).join('')}</MetricAlarms>`;
const HEALTHY = {
  'Action=DescribeStacks': '<Stacks><member><StackStatus>UPDATE_COMPLETE</StackStatus></member></Stacks>',
  'StateValue=ALARM': alarms([]),
  'Action=DescribeAlarms': alarms(FUNCTION_LIST.map(([name]) => name)),
  DescribeLogGroups: JSON.stringify({ logGroups: [{ logGroupName: '/aws/lambda/auth', retentionInDays: 1 }] }),
  'GET /schedules/': JSON.stringify({ State: 'ENABLED' }),
  'GET /2015-03-31/functions/stay-ops-local-outbox-worker/configuration': JSON.stringify({
    Environment: { Variables: { MAILGUN_DOMAIN: 'mg.nowhere.invalid', MAIL_SENDER: 'a <a@mg.nowhere.invalid>' } },
  }),
};
/** What the services that the local cloud has not answer, by a part of the question; the first that fits. */
let answers: Record<string, string>;
beforeEach(() => {
  answers = { ...HEALTHY };
});

function doctor(...args: readonly string[]): Promise<{ code: number; lines: readonly string[] }> {
  const file = fileURLToPath(new URL('../../bin/doctor.ts', import.meta.url));
  const env = { ...process.env, API_ADDRESS: cloud.cloud.address };
  return new Promise((ended) => {
    const child = execFile(process.execPath, [file, ...args], { env }, (_error, out, err) => {
      ended({ code: child.exitCode ?? -1, lines: `${out}${err}`.split('\n').map((line) => line.replace(/ +/g, ' ')) });
    });
  });
}

/** With the services that AWS has and the local cloud has not. */
async function doctorWithAws() {
  const services = ['CLOUDFORMATION', 'CLOUDWATCH', 'CLOUDWATCH_LOGS', 'LAMBDA', 'SCHEDULER'];
  for (const service of services) process.env[`AWS_ENDPOINT_URL_${service}`] = aws.endpoint;
  try {
    return await doctor('--stage', 'local');
  } finally {
    for (const service of services) delete process.env[`AWS_ENDPOINT_URL_${service}`];
  }
}

describe('bin/doctor.ts', () => {
  it('finds the local cloud well, and says what nobody there can tell', async () => {
    const { code, lines } = await doctor('--stage', 'local');
    expect(lines.filter((line) => line.startsWith('fail'))).toEqual([]);
    expect(code).toBe(0);
    expect(lines).toEqual(
      expect.arrayContaining([
        'ok authorizer refuses callers without a good token',
        'ok table stay-ops-local active, with both indexes',
        'ok key alias/stay-ops-local rotates every 365 days',
        'ok secret JWT_SECRET_KEY is set',
        'ok queue stay-ops-local-work-dlq empty',
        expect.stringMatching(/^warn secret MAILGUN_API_KEY Is the placeholder/),
        expect.stringMatching(/^skipped alarms The local cloud has none/),
        expect.stringMatching(/^skipped schedule stay-ops-local-late-checkin /),
      ]),
    );
  });

  it('asks the other services of AWS too', async () => {
    const { code, lines } = await doctorWithAws();
    expect(code).toBe(0);
    expect(lines).toEqual(
      expect.arrayContaining([
        'ok stack stay-ops-local-api UPDATE_COMPLETE',
        'ok schedule stay-ops-local-late-checkin enabled',
        expect.stringMatching(/^ok alarms \d+ are set/),
        'ok log retention 1 log groups, 1 days',
        expect.stringMatching(/^warn mail mg.nowhere.invalid has no SPF record/),
      ]),
    );
  });

  it('says what is ill and what to do, and ends with 1', async () => {
    answers = {
      'StateValue=ALARM': alarms(['stay-ops-local-auth-errors']),
      'Action=DescribeStacks': '<StackStatus>UPDATE_ROLLBACK_FAILED</StackStatus>',
      DescribeLogGroups: JSON.stringify({ logGroups: [{ logGroupName: '/aws/lambda/auth' }] }),
      'GET /schedules/': JSON.stringify({ State: 'DISABLED' }),
      'Action=DescribeAlarms': alarms([]),
    };
    const kms = new KMSClient({});
    const { Aliases: [alias] = [] } = await kms.send(new ListAliasesCommand({}));
    await kms.send(new DisableKeyRotationCommand({ KeyId: alias?.TargetKeyId }));
    const QueueUrl = cloud.cloud.info.queues['stay-ops-local-work-dlq'];
    await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    const { code, lines } = await doctorWithAws();
    expect(code).toBe(1);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^fail stack stay-ops-local-jobs Is UPDATE_ROLLBACK_FAILED: /),
        expect.stringMatching(/^fail key alias\/stay-ops-local Does not rotate: /),
        expect.stringMatching(/^fail alarm stay-ops-local-auth-errors Rings: /),
        expect.stringMatching(/^fail alarms Only 0 are set: /),
        expect.stringMatching(/^fail schedule stay-ops-local-late-checkin Is DISABLED: /),
        expect.stringMatching(/^fail log retention Kept for ever: \/aws\/lambda\/auth/),
        expect.stringMatching(/^warn queue stay-ops-local-work-dlq 1 wait for a person: /),
        expect.stringMatching(/^skipped mail Your credentials may not look/),
      ]),
    );
  });

  it('says how it is used, and that there is no such stage', async () => {
    expect((await doctor('--frobnicate')).code).toBe(2);
    const absent = await doctor('--stage', 'absent');
    expect(absent).toMatchObject({ code: 1 });
    expect(absent.lines[0]).toMatch(/^There is no stage absent to look at/);
  });
});
