import {
  Architecture,
  type CfnFunction,
  type Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type EnvironmentValues, environmentOf } from '../config/environment.ts';
import { type FunctionSpec, grantsOf, sessionGrantsOf } from '../config/function-spec.ts';
import type { Names } from '../config/names.ts';
import type { StageConfig } from '../config/stage.ts';
import { FunctionRole } from './function-role.ts';
import type { Permission } from './policy-statements.ts';
import { TenantRole } from './tenant-role.ts';

/** What every stack with functions is handed. */
export interface FunctionContext {
  readonly stage: StageConfig;
  readonly names: Names;
  readonly environment: EnvironmentValues;
  /** The code of a function by its name: its bundle, or a placeholder where only the template matters. */
  readonly code: (functionName: string) => Code;
}

/** How asynchronous calls of a function end that fails them all. */
export interface AsynchronousCalls {
  readonly deadLetters: Queue;
  /** Tries after the first. */
  readonly retries: number;
}

/**
 * A function with the defaults of the house: ARM64, Node 24, traced, with a log group, a role and an environment of
 * its own. No reserved concurrency: it would take from the account's pool what others may need.
 */
export class PlatformFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(
    scope: Construct,
    functionName: string,
    spec: FunctionSpec,
    context: FunctionContext,
    asynchronous?: AsynchronousCalls,
  ) {
    super(scope, functionName);
    const { stage, names } = context;
    const logGroupName = names.functionLogGroup(functionName);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName,
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const sessionGrants = sessionGrantsOf(spec);
    const tenantRole = names.tenantRole(functionName);
    const permissions: readonly Permission[] = [
      { kind: 'logs', logGroup: logGroupName },
      { kind: 'traces' },
      ...(asynchronous ? [{ kind: 'dead-letters', queue: names.deadLetters(functionName) } as const] : []),
      ...(sessionGrants ? [{ kind: 'tenant-sessions', role: tenantRole } as const] : []),
      ...grantsOf(spec),
    ];
    const { role } = new FunctionRole(this, 'Access', { stage: stage.name, names, permissions });
    if (sessionGrants !== undefined) {
      const functionRoleArn = role.roleArn;
      new TenantRole(this, 'Sessions', { names, functionName, functionRoleArn, grants: sessionGrants });
    }
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: names.function(functionName),
      description: spec.description,
      code: context.code(functionName),
      handler: 'handler.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      logGroup,
      role,
      ...(asynchronous && { deadLetterQueue: asynchronous.deadLetters, retryAttempts: asynchronous.retries }),
      environment: {
        ...environmentOf(spec, context.environment),
        ...(sessionGrants && { TENANT_ROLE_ARN: names.roleArn(tenantRole) }),
        POWERTOOLS_SERVICE_NAME: functionName,
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
    });
    // Where the local cloud finds the code that the bundle is made of.
    const resource = this.lambda.node.defaultChild as CfnFunction;
    resource.addMetadata('stay-ops:source', `functions/${functionName}/handler.ts`);
  }
}
