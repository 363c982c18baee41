import { parseArgs } from 'node:util';
import { namesOf } from '../infra/config/names.ts';
import { rotateKeys } from '../shared/domain/integration/rotate-keys.ts';
import { keyRewrapper } from '../shared/platform/crypto/rewrap-keys.ts';
import { documentClient } from '../shared/platform/dynamo/document-client.ts';
import { Table } from '../shared/platform/dynamo/table.ts';
import { isEmpresaId } from '../shared/platform/tenant/tenant-scope.ts';
import { pointAtLocalCloud } from './point-at-local-cloud.ts';

const USAGE = `Wraps the data keys of every tenant anew, while the platform runs.

  npm run -s rotate-keys -- --stage prod                       newest material of the stage's own KMS key
  npm run -s rotate-keys -- --stage prod --to-key <id|arn>     onto another KMS key
  npm run -s rotate-keys -- --stage prod --cursor <empresa_id> goes on where a run was cut off

Safe to repeat and to run twice at once. It needs the rights to query the table and update DATA_KEY rows, and
kms:ReEncryptFrom and kms:ReEncryptTo. Rotate the stage's key first, if it is to get new material:
  aws kms rotate-key-on-demand --key-id <id>
Onto another key: let the functions decrypt with it first; when the run has ended, point the alias of the stage to it
and run once more for the keys that were made meanwhile; then disable the old key, and delete it when nothing failed.`;

interface Options {
  readonly stage: string;
  readonly toKey: string | undefined;
  readonly cursor: string | undefined;
}

function readOptions(): Options | undefined {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { stage: option, 'to-key': option, cursor: option } });
    const { stage, cursor } = values;
    if (stage === undefined || (cursor !== undefined && !isEmpresaId(cursor))) return undefined;
    return { stage, toKey: values['to-key'], cursor };
  } catch {
    return undefined;
  }
}

async function run({ stage, toKey, cursor: after }: Options): Promise<void> {
  if (stage === 'local') await pointAtLocalCloud();
  // Table and alias are named by the stage alone; ARNs are not needed here.
  const names = namesOf(stage, { partition: 'aws', account: '', region: '' });
  const table = new Table(documentClient(), names.table);
  let cursor = after;
  let summary = 'No tenants';
  try {
    for await (const progress of rotateKeys(table, keyRewrapper(toKey ?? names.kmsAlias), after)) {
      cursor = progress.cursor;
      const { renewed, moved, overtaken, unreadable } = progress.counts;
      summary = `${progress.tenants} tenants: ${renewed} renewed, ${moved} moved, ${overtaken} overtaken, ${unreadable} unreadable`;
      console.log(`${summary}; cursor ${cursor}`);
      if (progress.unreadable.length > 0) process.exitCode = 1;
      for (const empresaId of progress.unreadable) console.error(`KMS cannot open a data key of ${empresaId}`);
    }
    console.log(`Done. ${summary}`);
  } catch (thrown) {
    process.exitCode = 1;
    console.error(`Stopped by ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'an error'}`);
    console.error(
      `Go on with --stage ${stage}${toKey ? ` --to-key ${toKey}` : ''}${cursor ? ` --cursor ${cursor}` : ''}`,
    );
  }
}

const options = readOptions();
if (options === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await run(options);
}
