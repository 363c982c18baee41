import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type App, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { devStage, localStage, type StageConfig, stageFromContext } from '../../infra/config/stage.ts';
import { buildApp } from '../../infra/stay-ops-app.ts';

const REPORT = 'validation-report.json';

/** With everything that a stage can have. */
const complete = {
  stage: 'prod',
  mailgunDomain: 'mg.stay.test',
  alarmEmail: 'guardia@stay.test',
  allowedOrigins: 'https://app.stay.test',
  apiDomain: 'abc.execute-api.eu-west-1.amazonaws.com',
  edgeDomain: 'api.stay.test',
  edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  edgeKey: 'k'.repeat(40),
};

/** How a synthesis ended. */
interface Checked {
  /** `check: rule at path` of everything that the checks report, warnings included. */
  readonly findings: readonly string[];
  /** What stopped it. */
  readonly thrown?: unknown;
}

function check(app: App): Checked {
  let stopped: Pick<Checked, 'thrown'> = {};
  // The report is read from its file; what CDK prints besides would only clutter the output of the tests.
  const silenced = [
    vi.spyOn(process.stderr, 'write').mockReturnValue(true),
    vi.spyOn(console, 'error').mockReturnValue(),
  ];
  try {
    app.synth();
  } catch (thrown) {
    if (!existsSync(join(app.outdir, REPORT))) throw thrown;
    stopped = { thrown };
  } finally {
    for (const spy of silenced) spy.mockRestore();
  }
  const report = JSON.parse(readFileSync(join(app.outdir, REPORT), 'utf8')) as {
    pluginReports: {
      pluginName: string;
      violations: { ruleName: string; violatingConstructs: { constructPath?: string }[] }[];
    }[];
  };
  const findings = report.pluginReports.flatMap(({ pluginName, violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${pluginName}: ${ruleName} at ${constructPath}`),
    ),
  );
  return { findings, ...stopped };
}

const checked = (stage: StageConfig) => buildApp({ stage, bundle: false, validation: true });

function dataStackOf(app: App): Stack {
  const stack = app.node.children.find((child) => Stack.isStack(child) && child.stackName.endsWith('-data'));
  if (!Stack.isStack(stack)) throw new Error('There is no data stack');
  return stack;
}

/** The app with a bucket, a role and a function that nobody should let pass. */
function careless(): App {
  const app = checked(localStage);
  const stack = dataStackOf(app);
  new Bucket(stack, 'CarelessBucket');
  const role = new Role(stack, 'CarelessRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));
  const code = { zipFile: 'exports.handler = async () => {}' };
  const common = { code, role: role.roleArn, runtime: 'nodejs24.x', handler: 'index.handler' };
  new CfnFunction(stack, 'Endless', { ...common, timeout: 9_999 });
  return app;
}

describe('checks of the templates', () => {
  it.each([
    ['dev', devStage],
    ['prod', stageFromContext(complete)],
  ])('find nothing in %s that is not acknowledged', (_, stage) => {
    expect(check(checked(stage))).toEqual({ findings: [] });
  });

  describe('of an app with carelessness in it', () => {
    let found: readonly string[];
    let thrown: unknown;
    beforeAll(() => {
      ({ findings: found, thrown } = check(careless()));
    });

    it('report nothing else in local', () => {
      expect(found.filter((finding) => !/\/(?:CarelessBucket|CarelessRole|Endless)\b/.test(finding))).toEqual([]);
    });

    it('report a bucket that is open to plain HTTP and logs nothing', () => {
      const ofTheBucket = found.filter((finding) => finding.includes('/CarelessBucket/'));
      expect(ofTheBucket).toEqual(
        expect.arrayContaining([
          expect.stringContaining('AwsSolutions-S1'),
          expect.stringContaining('AwsSolutions-S10'),
        ]),
      );
    });

    it('report a wildcard that nobody gave a reason for, beside those that have one', () => {
      expect(found.filter((finding) => finding.includes('AwsSolutions-IAM5'))).toEqual([
        expect.stringContaining('AwsSolutions-IAM5[Action::dynamodb:*]'),
        expect.stringContaining('AwsSolutions-IAM5[Resource::*]'),
      ]);
    });

    it('report what CloudFormation would refuse', () => {
      expect(found).toContainEqual(expect.stringMatching(/^CloudFormation.Validate: \w+ at .*Endless/));
    });

    it('stop the synthesis', () => {
      expect(String(thrown)).toMatch(/AwsSolutions-S1\b|Validation failed/);
    });
  });

  it('warn while production does not know its mail domain', () => {
    expect(check(checked(stageFromContext({ stage: 'prod' }))).findings).toEqual([
      expect.stringContaining('stay-ops:mailDomain'),
    ]);
  });
});

describe('acknowledgements', () => {
  const app = buildApp({ stage: stageFromContext(complete), bundle: false, validation: false });
  const acknowledged = app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, unknown>))
      .map(([id, reason]) => ({
        id: id.replace(/^annotation::/i, ''),
        path: node.path,
        reason: JSON.stringify(reason),
      })),
  );

  it('are there, each with its reason', () => {
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(acknowledged.filter(({ reason }) => reason.length < 30)).toEqual([]);
  });

  it('answer a finding each: none outlives what it was given for', () => {
    const deaf = new AwsSolutionsChecks(app);
    Object.defineProperty(deaf, 'isAcknowledged', { value: () => false });
    const findings = deaf
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => ({ ruleName, path: constructPath ?? '' })),
      );
    expect(findings.length).toBeGreaterThan(20);
    const idle = acknowledged.filter(
      ({ id, path }) => !findings.some((found) => found.ruleName === id && found.path.startsWith(path)),
    );
    expect(idle).toEqual([]);
  });
});
