import { parseArgs } from 'node:util';
import { type Names, namesOf } from '../infra/config/names.ts';
import { listTenants } from '../shared/domain/company/tenant-directory.ts';
import { documentClient } from '../shared/platform/dynamo/document-client.ts';
import { Table } from '../shared/platform/dynamo/table.ts';
import { isEmpresaId, TenantScope } from '../shared/platform/tenant/tenant-scope.ts';
import { pointAtLocalCloud } from './point-at-local-cloud.ts';

/** What a command does for companies. */
interface CompanyWork {
  /** What is printed when it is not called as it wants to be. */
  readonly usage: string;
  /** Does it for one company; answers what to say of it, if anything. */
  readonly perform: (scope: TenantScope, names: Names) => Promise<string | undefined>;
  /** What became of all of them. */
  readonly summary: () => string;
}

/**
 * A command that does something for every company of `--stage`, or for one `--company`. One that fails does not keep the
 * others from theirs; the command ends with 1 then, and with 2 when it was not called as `usage` says.
 */
export async function forCompanies({ usage, perform, summary }: CompanyWork): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const { stage, company } = options;
  if (stage === 'local') await pointAtLocalCloud();
  // Everything is named by the stage alone; ARNs are not needed here.
  const names = namesOf(stage, { partition: 'aws', account: '', region: '' });
  const table = new Table(documentClient(), names.table);
  let companies = 0;
  for await (const id of company === undefined ? listTenants(table) : [company]) {
    companies += 1;
    try {
      const said = await perform(new TenantScope(table, id), names);
      if (said !== undefined) console.log(`${id}: ${said}`);
    } catch (thrown) {
      process.exitCode = 1;
      console.error(`${id}: ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'an error'}`);
    }
  }
  console.log(`Done. ${companies} companies, ${summary()}`);
}

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
