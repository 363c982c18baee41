import { parseArgs } from 'node:util';
import { stageFromContext } from '../infra/config/stage.ts';
import { dataChecks } from '../infra/doctor/data-checks.ts';
import { examine } from '../infra/doctor/finding.ts';
import { reportOf } from '../infra/doctor/report.ts';
import { findStage } from '../infra/doctor/stage-under-check.ts';
import { surfaceChecks } from '../infra/doctor/surface-checks.ts';
import { workChecks } from '../infra/doctor/work-checks.ts';
import { pointAtLocalCloud } from './point-at-local-cloud.ts';

const USAGE = `Looks at a deployed stage and says what is well, what is not, and what to do.

  npm run -s doctor -- --stage prod                                  in the account and region of your credentials
  npm run -s doctor -- --stage prod --address https://api.example.com through the domain that people use
  npm run -s doctor -- --stage local                                 at the local cloud, while it runs

It changes nothing and prints no secret. It ends with 1 when something fails, with 0 when something is only worth a
look. AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> point it at an emulator. It needs the rights to describe what it
looks at, and secretsmanager:GetSecretValue to tell a placeholder from a secret; what it may not see it skips.`;

interface Options {
  readonly stage: string;
  readonly address: string | undefined;
}

function readOptions(): Options | undefined {
  const option = { type: 'string' } as const;
  try {
    const { stage, address } = parseArgs({ options: { stage: option, address: option } }).values;
    return stage === undefined ? undefined : { stage, address };
  } catch {
    return undefined;
  }
}

async function run({ stage, address }: Options): Promise<void> {
  const local = stage === 'local' ? await pointAtLocalCloud() : undefined;
  const under = await findStage(stageFromContext({ stage }), address ?? local);
  const findings = await examine([...surfaceChecks(under), ...dataChecks(under), ...workChecks(under)]);
  console.log(reportOf(findings));
  if (findings.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1;
}

const options = readOptions();
if (options === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await run(options).catch((thrown: unknown) => {
    process.exitCode = 1;
    console.error(
      `There is no stage ${options.stage} to look at: ${thrown instanceof Error ? thrown.message : thrown}`,
    );
    console.error('Are credentials and AWS_REGION those of the stage? Does the local cloud run?');
  });
}
