import { describe, expect, it } from 'vitest';
import { localStage, prodStage } from '../../infra/config/stage.ts';
import { buildApp } from '../../infra/stay-ops-app.ts';
import { synthesise } from './synthesis.ts';

const local = synthesise(localStage);

describe('stacks', () => {
  it('are four, with all state in one of them', () => {
    expect(local.names).toEqual([
      'stay-ops-local-data',
      'stay-ops-local-api',
      'stay-ops-local-jobs',
      'stay-ops-local-observability',
    ]);
    const stateful = /^AWS::(DynamoDB::Table|S3::Bucket|KMS::Key|SecretsManager::Secret)$/;
    for (const [name, template] of local.templates) {
      const types = Object.values(template.Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
      expect(types.some((type) => stateful.test(type))).toBe(name === 'stay-ops-local-data');
    }
  });

  it('share names, never exports', () => {
    for (const template of local.templates.values()) {
      const outputs = Object.values((template.Outputs ?? {}) as Record<string, object>);
      expect(outputs.filter((output) => 'Export' in output)).toEqual([]);
      expect(JSON.stringify(template)).not.toMatch(/Fn::(ImportValue|GetStackOutput)/);
    }
  });

  it('can be merged: no logical id stands in two of them', () => {
    const ids = local.resources().map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('know no account and no region', () => {
    for (const template of local.templates.values()) expect(JSON.stringify(template)).not.toMatch(/\d{12}|eu-west-1/);
  });

  it('are the same whenever they are made', () => {
    expect([...synthesise(localStage).templates]).toEqual([...local.templates]);
  });

  it('are deployed after what they stand on', () => {
    const { stacks } = buildApp({ stage: prodStage, bundle: false, validation: false }).synth();
    const dependencies = stacks.map((stack) => [
      stack.stackName,
      stack.dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
    ]);
    expect(Object.fromEntries(dependencies)).toEqual({
      'stay-ops-prod-data': [],
      'stay-ops-prod-api': ['stay-ops-prod-data'],
      'stay-ops-prod-jobs': ['stay-ops-prod-data'],
      'stay-ops-prod-observability': ['stay-ops-prod-api', 'stay-ops-prod-jobs'],
    });
  });

  it('have few enough resources to grow', () => {
    for (const template of local.templates.values()) {
      expect(Object.keys(template.Resources as object).length).toBeLessThan(500);
    }
  });
});
