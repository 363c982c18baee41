import { parseArgs } from 'node:util';
import { namesOf } from '../infra/config/names.ts';
import { listTenants } from '../shared/domain/company/tenant-directory.ts';
import { TaskCountRepository } from '../shared/domain/task/task-count.repository.ts';
import { documentClient } from '../shared/platform/dynamo/document-client.ts';
import { Table } from '../shared/platform/dynamo/table.ts';
import { isEmpresaId, TenantScope } from '../shared/platform/tenant/tenant-scope.ts';
import { pointAtLocalCloud } from './point-at-local-cloud.ts';

const USAGE = `Counts the tasks of companies anew and puts right the counts that say otherwise, while the companies work.

  node bin/recount-tasks.ts --stage prod                         every company
  node bin/recount-tasks.ts --stage prod --company <empresa_id>  one company

Safe to repeat and to run twice at once. It needs the rights to query the table and to put, delete and check TASK_COUNT
rows. It ends with 1 when a company's counts could not be put right.`;

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
  // The table is named by the stage alone; ARNs are not needed here.
  const table = new Table(documentClient(), namesOf(stage, { partition: 'aws', account: '', region: '' }).table);
  let [counted, corrected] = [0, 0];
  for await (const id of company === undefined ? listTenants(table) : only(company)) {
    counted += 1;
    try {
      const found = await new TaskCountRepository(new TenantScope(table, id)).recount();
      corrected += found.corrected.length > 0 ? 1 : 0;
      if (found.corrected.length > 0)
        console.log(`${id}: ${found.tasks} tasks; corrected ${found.corrected.join(', ')}`);
    } catch (thrown) {
      process.exitCode = 1;
      console.error(`${id}: ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'an error'}`);
    }
  }
  console.log(`Done. ${counted} companies, the counts of ${corrected} corrected`);
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
