import { parseArgs } from 'node:util';
import { namesOf } from '../infra/config/names.ts';
import { makeMissingTasks } from '../shared/composition/make-missing-tasks.ts';
import { listTenants } from '../shared/domain/company/tenant-directory.ts';
import { systemClock } from '../shared/platform/clock/clock.ts';
import { tenantKeys } from '../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../shared/platform/dynamo/document-client.ts';
import { Table } from '../shared/platform/dynamo/table.ts';
import { isEmpresaId, TenantScope } from '../shared/platform/tenant/tenant-scope.ts';
import { pointAtLocalCloud } from './point-at-local-cloud.ts';

const USAGE = `Makes the turnovers and automatic tasks that bookings lack which stood before these, while companies work.

  node bin/make-missing-tasks.ts --stage prod                         every company
  node bin/make-missing-tasks.ts --stage prod --company <empresa_id>  one company, e.g. after it has added a template

Safe to repeat, to break off and to run twice at once. It needs the rights of the function that changes bookings: rows of
companies, and kms:Decrypt and kms:GenerateDataKey. It ends with 1 when a company could not be finished.`;

interface Options {
  readonly stage: string;
  readonly company: string | undefined;
}

function readOptions(): Options | undefined {
  const option = { type: 'string' } as const;
  try {
    const { stage, company } = parseArgs({ options: { stage: option, company: option } }).values;
    return stage === undefined || (company !== undefined && !isEmpresaId(company)) ? undefined : { stage, company };
  } catch {
    return undefined;
  }
}

async function run({ stage, company }: Options): Promise<void> {
  if (stage === 'local') await pointAtLocalCloud();
  // Table and alias are named by the stage alone; ARNs are not needed here.
  const names = namesOf(stage, { partition: 'aws', account: '', region: '' });
  const table = new Table(documentClient(), names.table);
  const keys = tenantKeys(names.kmsAlias, systemClock);
  let [companies, tasks] = [0, 0];
  for await (const id of company === undefined ? listTenants(table) : only(company)) {
    companies += 1;
    const scope = new TenantScope(table, id);
    const guestKey = () => keys.dataKey(scope, 'guest-data');
    try {
      const made = await makeMissingTasks({ scope, guestKey, now: systemClock.now() });
      tasks += made.tasks;
      if (made.bookings > 0) console.log(`${id}: ${made.tasks} tasks for ${made.bookings} bookings`);
    } catch (thrown) {
      process.exitCode = 1;
      console.error(`${id}: ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'an error'}`);
    }
  }
  console.log(`Done. ${companies} companies, ${tasks} tasks made`);
}

async function* only(company: string): AsyncGenerator<string> {
  yield company;
}

const options = readOptions();
if (options === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await run(options);
}
