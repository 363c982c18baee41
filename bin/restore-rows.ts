import { parseArgs } from 'node:util';
import { namesOf } from '../infra/config/names.ts';
import { restoreRows } from '../infra/restore/restore-rows.ts';
import { systemClock } from '../shared/platform/clock/clock.ts';
import { documentClient } from '../shared/platform/dynamo/document-client.ts';
import { isEmpresaId } from '../shared/platform/tenant/tenant-scope.ts';
import { pointAtLocalCloud } from './point-at-local-cloud.ts';

const USAGE = `Puts rows of a restored copy back into a stage's table, where they are gone.

  npm run -s restore-rows -- --stage prod --from <table> --company <empresa_id>  of one company
  npm run -s restore-rows -- --stage prod --from <table>                         of all

Rows that are there stay as they are; rows whose time is over and companies that have been erased since stay away. Safe
to repeat, and while the platform works. infra/README.md says how the copy is made. It needs the rights to scan the copy
and to query and put rows in the stage's table.`;

interface Options {
  readonly stage: string;
  readonly from: string;
  readonly company: string | undefined;
}

function readOptions(): Options | undefined {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { stage: option, from: option, company: option } });
    const { stage, from, company } = values;
    if (stage === undefined || from === undefined) return undefined;
    return company !== undefined && !isEmpresaId(company) ? undefined : { stage, from, company };
  } catch {
    return undefined;
  }
}

async function run({ stage, from, company }: Options): Promise<void> {
  if (stage === 'local') await pointAtLocalCloud();
  // The table is named by the stage alone; ARNs are not needed here.
  const { table } = namesOf(stage, { partition: 'aws', account: '', region: '' });
  const options = { from, to: table, company, now: systemClock.now() };
  const { putBack, there, leftOut } = await restoreRows(documentClient(), options);
  console.log(`Done. ${putBack} rows put back, ${there} were there, ${leftOut} left out: over, or of erased companies`);
}

const options = readOptions();
if (options === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await run(options).catch((thrown: unknown) => {
    process.exitCode = 1;
    console.error(`Stopped by ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'an error'}`);
  });
}
