import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Calls from one address within five minutes: ten times what a busy office makes. */
const MOST_CALLS = 2_000;

/** Groups of rules that AWS keeps up to date, in the order in which they are asked. */
const MANAGED: readonly { readonly name: string; readonly counted: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', counted: [] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: [] },
  // Files and letters to guests come in bodies: longer than 8 KB, with markup in them, and with addresses of hosts.
  {
    name: 'AWSManagedRulesCommonRuleSet',
    counted: ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericRFI_BODY', 'EC2MetaDataSSRF_BODY'],
  },
];

function visible(metricName: string) {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName };
}

/** The firewall of the public edge. No samples are kept: they would hold addresses and tokens (ruling 8). */
export class WebFirewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name }: { name: string }) {
    super(scope, id);
    const managed = MANAGED.map((group, position) => ({
      name: group.name,
      priority: position + 1,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name: group.name,
          ruleActionOverrides: group.counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        },
      },
      visibilityConfig: visible(group.name),
    }));
    const rate = {
      name: 'calls-of-one-address',
      priority: 0,
      action: { block: { customResponse: { responseCode: 429 } } },
      statement: { rateBasedStatement: { limit: MOST_CALLS, aggregateKeyType: 'IP' } },
      visibilityConfig: visible('calls-of-one-address'),
    };
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules: [rate, ...managed],
      visibilityConfig: visible(name),
    });
    this.arn = acl.attrArn;
  }
}
