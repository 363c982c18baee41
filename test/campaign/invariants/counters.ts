import { headcountKey, userKey } from '../../../shared/domain/identity/user.keys.ts';
import { taskCountKey, taskCountPartition, taskPartition } from '../../../shared/domain/task/task.keys.ts';
import {
  type CountedTask,
  CountSheet,
  type CountSubject,
  readCounts,
} from '../../../shared/domain/task/task-counts.ts';
import { aiUsageKey } from '../../../shared/domain/vault/ai-usage.keys.ts';
import type { Tenant } from '../world.ts';
import { type Finding, type Invariant, ofEveryTenant, type Quiet } from './invariant.ts';

/** Whatever is counted along is what somebody finds who counts anew. */
export const counters: Invariant = {
  name: 'counters equal counts',
  check: (world) =>
    ofEveryTenant(world, async (tenant) => {
      const found = [await tasks(world, tenant), await people(world, tenant), await drafts(world, tenant)];
      return {
        checked: found.reduce((sum, { checked }) => sum + checked, 0),
        breaches: found.flatMap(({ breaches }) => breaches.map((line) => `company ${tenant.at}: ${line}`)),
      };
    }),
};

async function rows({ cloud }: Quiet, pk: string, prefix?: string) {
  const found = [];
  for await (const item of cloud.table.queryAll({ pk, consistent: true, ...(prefix && { prefix }) })) found.push(item);
  return found;
}

async function tasks(world: Quiet, { company }: Tenant): Promise<Finding> {
  const sheet = new CountSheet();
  const found = await rows(world, taskPartition(company.id));
  for (const task of found) sheet.add(task as unknown as CountedTask, 1);
  const expected = new Map([...sheet.rows()].map(([subject, counts]) => [subject, sorted(counts)]));
  const kept = new Map<CountSubject, string>();
  for (const row of await rows(world, taskCountPartition(company.id))) {
    const counts = sorted(readCounts(row));
    const subject = row.sk === taskCountKey(company.id, 'ALL').sk ? 'ALL' : Number(String(row.sk).split('#')[1]);
    if (counts !== '[]') kept.set(subject, counts);
  }
  const subjects = new Set([...expected.keys(), ...kept.keys()]);
  const breaches = [...subjects]
    .filter((subject) => expected.get(subject) !== kept.get(subject))
    .map((subject) => `tasks of ${subject}: counted ${kept.get(subject)}, there are ${expected.get(subject)}`);
  return { checked: found.length, breaches };
}

function sorted(counts: object): string {
  return JSON.stringify(Object.entries(counts).sort());
}

async function people(world: Quiet, { company }: Tenant): Promise<Finding> {
  const [headcount] = await rows(world, headcountKey(company.id).pk);
  const { pk } = userKey(company.id, '');
  const found = (await rows(world, pk)).length;
  const counted = Object.values(headcount ?? {}).filter((value) => typeof value === 'number');
  const breaches = counted.includes(found) ? [] : [`${found} people, counted ${JSON.stringify(headcount)}`];
  if (found > company.max_usuarios) breaches.push(`${found} people, ${company.max_usuarios} are allowed`);
  return { checked: found, breaches };
}

/** The shared tier: successful calls that were counted, against those that were answered. */
async function drafts(world: Quiet, tenant: Tenant): Promise<Finding> {
  const entries = world.ledger.entries('draft').filter((entry) => entry.tenant === tenant.at);
  if (tenant.aiKey !== undefined) return { checked: 0, breaches: [] };
  const [window] = await rows(world, aiUsageKey(tenant.company.id).pk, 'WINDOW');
  const days = Object.values((window?.dias ?? {}) as Readonly<Record<string, number>>);
  const counted = days.reduce((sum, day) => sum + day, 0);
  const answered = entries.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const perhaps = entries.filter(({ isCertain }) => !isCertain).length;
  // One that nobody knows of may have been tried, and counted, up to four times.
  const fits = counted >= answered && counted <= answered + 4 * (perhaps + entries.length);
  return { checked: entries.length, breaches: fits ? [] : [`${counted} drafts counted, ${answered} were answered`] };
}
