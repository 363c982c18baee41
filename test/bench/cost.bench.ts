import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import { SECRET_NAMES } from '../../infra/config/names.ts';
import { prodStage } from '../../infra/config/stage.ts';
import { WATCHED_EVENTS } from '../../infra/config/watched-events.ts';
import { synthesise } from '../infra/synthesis.ts';
import { type ExampleWorld, startExampleWorld } from '../support/example-world.ts';
import { costOf, PRICES, type Use } from './cost-prices.ts';
import { COMPANY, MONTH, prepareMonth, type Work } from './cost-workload.ts';
import { type Bench, type Figure, rounded } from './figure.ts';

const WARM_UP = 3;
const MEASURED = 10;
const KEPT_GB = 0.05;
const PHOTOS_GB = 2;

/** What a month of one company costs, from what its operations need of the local cloud, and what a stage costs idle. */
export const costBench: Bench = {
  topic: 'cost',
  async measure() {
    const world = await startExampleWorld();
    try {
      await prepareMonth(world);
      const rows: { readonly work: Work; readonly use: Use; readonly first: Use }[] = [];
      for (const work of MONTH) {
        const first = await useOf(world, work, 1);
        await useOf(world, work, WARM_UP);
        rows.push({ work, first, use: await useOf(world, work, MEASURED) });
      }
      print(rows);
      const calls = rows.reduce((sum, { work, use }) => sum + work.timesAMonth * costOf(use, work), 0);
      const kept = KEPT_GB * (PRICES.tableGbMonth + PRICES.recoveryGbMonth) + PHOTOS_GB * PRICES.objectGbMonth;
      return [
        ...rows.map(({ work, use }) => figureOf(work, use)),
        { name: 'a month of a company: its calls', value: rounded(calls, 3), unit: 'USD' },
        { name: 'a month of a company: what it keeps', value: rounded(kept, 3), unit: 'USD' },
        ...idleFigures(),
      ];
    } finally {
      await world.cloud.close();
    }
  },
};

let nth = 0;

/** The average of some calls, with the work that follows each. */
async function useOf({ cloud, ...world }: ExampleWorld, work: Work, times: number): Promise<Use> {
  const { faults, meter, drain } = cloud.cloud;
  await drain();
  await meter.start();
  await faults.dynamodb.resetCounts();
  for (const service of [faults.kms, faults.sqs, faults.s3]) service.resetCounts();
  let ms = 0;
  let answerBytes = 0;
  for (let at = 0; at < times; at += 1) {
    nth += 1;
    const startedAt = performance.now();
    const answer = await work.perform({ cloud, ...world }, nth);
    ms += performance.now() - startedAt;
    if (answer !== undefined && answer.status >= 400) throw new Error(`${work.name}: ${answer.status} ${answer.text}`);
    answerBytes += answer?.text.length ?? 0;
    await drain();
  }
  const units = await meter.consumed();
  const total = {
    ...units,
    table: sum(await faults.dynamodb.counts(), () => true),
    kms: sum(faults.kms.counts(), () => true),
    // Long polls cost too, but not this company alone.
    queue: sum(faults.sqs.counts(), (name) => name !== 'ReceiveMessage' && !name.startsWith('Get')),
    puts: sum(faults.s3.counts(), (name) => /^(Put|Post|List|Complete)/.test(name)),
    gets: sum(faults.s3.counts(), (name) => /^(Get|Head)/.test(name)),
    ms,
    answerBytes,
  };
  return Object.fromEntries(Object.entries(total).map(([name, value]) => [name, value / times])) as unknown as Use;
}

function sum(counts: Readonly<Record<string, number>>, counted: (operation: string) => boolean): number {
  return Object.entries(counts).reduce((total, [name, count]) => total + (counted(name) ? count : 0), 0);
}

function print(rows: readonly { readonly work: Work; readonly use: Use; readonly first: Use }[]): void {
  console.log(`A company of ${COMPANY}; prices of us-east-1, November 2026, without free tiers.`);
  const head = [
    'operation',
    'times',
    'read',
    'write',
    'table',
    'KMS cold',
    'KMS',
    'SQS',
    'S3',
    'ms',
    'USD/1000',
    'USD/month',
  ];
  const lines = rows.map(({ work, use, first }) => {
    const cost = costOf(use, work);
    const objects = rounded(use.puts + use.gets, 1);
    const numbers = [use.read, use.write, use.table, first.kms, use.kms, use.queue].map((value) => rounded(value, 1));
    const money = [(cost * 1_000).toFixed(4), (cost * work.timesAMonth).toFixed(4)];
    return [work.name, work.timesAMonth, ...numbers, objects, rounded(use.ms, 1), ...money].map(String);
  });
  for (const cells of [head, ...lines]) {
    console.log(cells.map((cell, at) => (at === 0 ? cell.padEnd(42) : cell.padStart(at > 9 ? 11 : 9))).join(''));
  }
}

/** One figure, so that an operation that grows dearer is seen. */
function figureOf({ name }: Work, { read, write }: Use): Figure {
  return { name, value: rounded(read + write, 1), unit: 'table units' };
}

/** What a stage costs before anybody calls it. */
function idleFigures(): readonly Figure[] {
  const { resources } = synthesise({ ...prodStage, alarmEmail: 'x@example.com' });
  const count = (type: string) => resources(type).length;
  const parts: readonly (readonly [string, number])[] = [
    ['key and secrets', PRICES.keyMonth + SECRET_NAMES.length * PRICES.secretMonth],
    ['alarms', count('AWS::CloudWatch::Alarm') * PRICES.alarmMonth],
    ['dashboards', count('AWS::CloudWatch::Dashboard') * PRICES.dashboardMonth],
    ['counted log lines', WATCHED_EVENTS.length * PRICES.metricMonth],
    ['edge with firewall, where on', PRICES.firewallMonth + 4 * PRICES.firewallRuleMonth],
  ];
  console.log(`A stage: ${FUNCTION_LIST.length} functions, ${count('AWS::CloudWatch::Alarm')} alarms.`);
  return parts.map(([name, usd]) => ({ name: `a month of a stage: ${name}`, value: rounded(usd, 2), unit: 'USD' }));
}
