import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sessionGrantsOf } from '../../infra/config/function-spec.ts';
import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import { localStage, prodStage } from '../../infra/config/stage.ts';
import { spelled, synthesise } from './synthesis.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const HOUSE_VARIABLES = ['POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_SERVICE_NAME'];

const { resources } = synthesise(localStage);
const lambdas = resources('AWS::Lambda::Function').filter(({ metadata }) => 'stay-ops:source' in metadata);

function lambdaOf(name: string) {
  const found = lambdas.find(({ properties }) => properties.FunctionName === `stay-ops-local-${name}`);
  if (found === undefined) throw new Error(`${name} is not in the template`);
  return found;
}

describe('functions', () => {
  it('are the folders with a handler, all of them and no others', () => {
    const folders = readdirSync(join(ROOT, 'functions')).filter((name) =>
      existsSync(join(ROOT, 'functions', name, 'handler.ts')),
    );
    expect(FUNCTION_LIST.map(([name]) => name as string).sort()).toEqual(folders.sort());
    expect(lambdas).toHaveLength(folders.length);
  });

  it('leave the concurrency of the account to whoever needs it', () => {
    for (const { properties } of lambdas) expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('keep their logs longer in production, and never for ever', () => {
    const retention = (stage: typeof localStage) =>
      synthesise(stage)
        .resources('AWS::Logs::LogGroup')
        .map(({ properties }) => properties.RetentionInDays);
    expect(new Set(retention(localStage))).toEqual(new Set([1]));
    expect(new Set(retention(prodStage))).toEqual(new Set([90]));
  });
});

describe.each(FUNCTION_LIST)('function %s', (name, spec) => {
  it('has the defaults of the house', () => {
    const { properties, metadata } = lambdaOf(name);
    expect(properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'handler.handler',
      MemorySize: spec.memoryMb,
      Timeout: spec.timeoutSeconds,
      TracingConfig: { Mode: 'Active' },
    });
    expect(metadata['stay-ops:source']).toBe(`functions/${name}/handler.ts`);
  });

  it('gets the variables of its schema and no others', () => {
    const { Variables } = lambdaOf(name).properties.Environment as { Variables: Record<string, unknown> };
    // The role of its sessions, where it has any.
    const hasSessions = sessionGrantsOf(spec) !== undefined;
    const wanted = Object.keys(spec.environment.shape).filter((key) => key !== 'TENANT_ROLE_ARN' || hasSessions);
    expect(Object.keys(Variables).sort()).toEqual([...wanted, ...HOUSE_VARIABLES].sort());
    expect(Variables.POWERTOOLS_SERVICE_NAME).toBe(name);
  });

  it('accepts the values that it gets', () => {
    const { Variables } = lambdaOf(name).properties.Environment as { Variables: Record<string, unknown> };
    const values = Object.entries(Variables).map(([variable, value]) => [variable, spelled(value)]);
    expect(spec.environment.safeParse(Object.fromEntries(values)).error?.issues ?? []).toEqual([]);
  });

  it('writes to a log group of its own name', () => {
    const logGroupId = spelled((lambdaOf(name).properties.LoggingConfig as { LogGroup: unknown }).LogGroup).slice(
      1,
      -1,
    );
    const logGroup = resources('AWS::Logs::LogGroup').find(({ id }) => id === logGroupId);
    expect(logGroup?.properties.LogGroupName).toBe(`/aws/lambda/stay-ops-local-${name}`);
  });

  it('answers within what the gateway waits', () => {
    const { kind } = spec.trigger;
    if (kind === 'http') expect(spec.timeoutSeconds).toBe(29);
    if (kind === 'authorizer') expect(spec.timeoutSeconds).toBeLessThanOrEqual(10);
    expect(spec.timeoutSeconds).toBeLessThanOrEqual(900);
  });
});
