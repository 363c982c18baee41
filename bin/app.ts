import { stageFromContext } from '../infra/config/stage.ts';
import { buildApp } from '../infra/stay-ops-app.ts';

/** The CDK CLI hands `-c key=value` over in this variable. */
const context: Record<string, unknown> = JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}');

buildApp({ stage: stageFromContext(context), bundle: true, validation: true }).synth();
