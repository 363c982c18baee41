import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Annotations, App, Aws, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import type { QueueName } from '../shared/platform/queue/queue-names.ts';
import { environmentValues } from './config/environment.ts';
import { namesOf } from './config/names.ts';
import { isUnsetMailDomain, type StageConfig } from './config/stage.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { JobsStack } from './stacks/jobs-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';

export interface AppOptions {
  readonly stage: StageConfig;
  /** Code from `dist/functions/<name>`; else a placeholder, where only the templates matter. */
  readonly bundle: boolean;
  /** Checks the templates at synthesis and fails on every finding that is not acknowledged. */
  readonly validation: boolean;
}

/** The only region where WAF guards CloudFront, and where CloudFront looks for certificates. */
const EDGE_PLACE = { region: 'us-east-1' };

const PLACEHOLDER_CODE = 'exports.handler = async () => { throw new Error("deployed without a bundle"); };';

/** cdk-nag loads all of aws-cdk-lib: only when it is asked for, because the local cloud has to be ready in seconds. */
function awsSolutionsChecks(app: App): IPolicyValidationPlugin {
  const { AwsSolutionsChecks } = createRequire(import.meta.url)('cdk-nag') as typeof import('cdk-nag');
  return new AwsSolutionsChecks(app);
}

function validate(app: App, stage: StageConfig): void {
  Validations.of(app).addPlugins(awsSolutionsChecks(app));
  if (stage.keepsData && isUnsetMailDomain(stage.settings.MAILGUN_DOMAIN)) {
    Annotations.of(app).addWarningV2('stay-ops:mailDomain', 'Mail has no domain yet: pass -c mailgunDomain=<domain>.');
  }
}

/**
 * The whole system for one stage. Needs neither an account nor the network.
 *
 * @example buildApp({ stage: localStage, bundle: false, validation: false }).synth().stacks
 */
export function buildApp({ stage, bundle, validation }: AppOptions): App {
  const app = new App({
    // Here and not in `cdk.json`, so that every caller gets the same templates.
    context: recommendedFlags,
    analyticsReporting: false,
    builtinCloudFormationValidation: validation,
  });
  if (validation) validate(app, stage);
  const names = namesOf(stage.name, { partition: Aws.PARTITION, account: Aws.ACCOUNT_ID, region: Aws.REGION });
  const tags = { 'stay-ops:stage': stage.name };
  const queueUrl = (queue: QueueName) =>
    `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/${names.queue(queue)}`;
  const code = (name: string) =>
    bundle
      ? Code.fromAsset(join(import.meta.dirname, '..', 'dist', 'functions', name))
      : Code.fromInline(PLACEHOLDER_CODE);
  const context = { stage, names, tags, code, environment: environmentValues(stage, names, queueUrl) };

  const data = new DataStack(app, names.stack('data'), context);
  const api = new ApiStack(app, names.stack('api'), context);
  const jobs = new JobsStack(app, names.stack('jobs'), context);
  const observability = new ObservabilityStack(app, names.stack('observability'), context);
  for (const stack of [api, jobs]) stack.addStackDependency(data);
  for (const stack of [api, jobs]) observability.addStackDependency(stack);
  if (stage.edge !== undefined) {
    new EdgeStack(app, names.stack('edge'), { stage: stage.name, edge: stage.edge, env: EDGE_PLACE, tags });
  }
  return app;
}
