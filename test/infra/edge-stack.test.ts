import { describe, expect, it } from 'vitest';
import { localStage, stageFromContext } from '../../infra/config/stage.ts';
import { buildApp } from '../../infra/stay-ops-app.ts';
import { synthesise } from './synthesis.ts';

const context = {
  stage: 'prod',
  apiDomain: 'abc.execute-api.eu-west-1.amazonaws.com',
  edgeDomain: 'api.stay.test',
  edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  edgeKey: 'a-key-of-forty-letters-digits-or-hyphens',
};
const stage = stageFromContext(context);
const { names, resources } = synthesise(stage);

describe('the public edge', () => {
  it('is off where nobody asked for it, and then no call has to show a key', () => {
    const without = synthesise(localStage);
    expect(without.names).not.toContain('stay-ops-local-edge');
    expect(localStage.settings.EDGE_KEY).toBe('');
  });

  it('is a stack of its own, in the region where firewalls for CloudFront live', () => {
    expect(names).toContain('stay-ops-prod-edge');
    const { stacks } = buildApp({ stage, bundle: false, validation: false }).synth();
    const edge = stacks.find(({ stackName }) => stackName === 'stay-ops-prod-edge');
    expect(edge?.environment.region).toBe('us-east-1');
    expect(stacks.filter(({ environment }) => environment.region === 'us-east-1')).toHaveLength(1);
  });

  it('passes everything on but the host, caches nothing, and shows the key', () => {
    const [distribution] = resources('AWS::CloudFront::Distribution');
    const config = distribution?.properties.DistributionConfig as Record<string, unknown>;
    expect(config).toMatchObject({
      Aliases: ['api.stay.test'],
      ViewerCertificate: { AcmCertificateArn: context.edgeCertificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
      WebACLId: { 'Fn::GetAtt': [resources('AWS::WAFv2::WebACL')[0]?.id, 'Arn'] },
      Origins: [
        {
          DomainName: context.apiDomain,
          OriginCustomHeaders: [{ HeaderName: 'x-origin-key', HeaderValue: context.edgeKey }],
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
        },
      ],
      DefaultCacheBehavior: {
        // Managed-CachingDisabled and Managed-AllViewerExceptHostHeader.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ViewerProtocolPolicy: 'https-only',
      },
    });
  });

  it('gives the functions the same key', () => {
    const [auth] = resources('AWS::Lambda::Function').filter(
      ({ properties }) => properties.FunctionName === 'stay-ops-prod-auth',
    );
    expect(auth?.properties.Environment).toMatchObject({ Variables: { EDGE_KEY: context.edgeKey } });
  });

  it('has a firewall with a limit for each address, managed rules, and no samples of calls', () => {
    const [acl] = resources('AWS::WAFv2::WebACL');
    const rules = acl?.properties.Rules as { Name: string; VisibilityConfig: { SampledRequestsEnabled: boolean } }[];
    expect(acl?.properties.Scope).toBe('CLOUDFRONT');
    expect(rules.map(({ Name }) => Name)).toEqual([
      'calls-of-one-address',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
    expect(rules.filter(({ VisibilityConfig }) => VisibilityConfig.SampledRequestsEnabled)).toEqual([]);
  });

  it.each(['apiDomain', 'edgeDomain', 'edgeCertificateArn', 'edgeKey'] as const)('is refused without %s', (key) => {
    const { [key]: _, ...rest } = context;
    expect(() => stageFromContext(rest)).toThrow(new RegExp(`the edge needs ${key} too`));
  });
});
