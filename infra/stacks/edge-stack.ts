import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { EdgeConfig } from '../config/stage.ts';
import { PublicEdge } from '../constructs/public-edge.ts';
import { WebFirewall } from '../constructs/web-firewall.ts';

interface EdgeStackProps extends StackProps {
  readonly stage: string;
  readonly edge: EdgeConfig;
}

/** CloudFront with a firewall in front of the HTTP API, in the region where such firewalls live (ADR 0014). */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { stage, edge, ...props }: EdgeStackProps) {
    super(scope, id, props);
    const firewall = new WebFirewall(this, 'Firewall', { name: `stay-ops-${stage}-edge` });
    const { domainName } = new PublicEdge(this, 'Edge', { edge, firewallArn: firewall.arn });
    new CfnOutput(this, 'EdgeTarget', { value: domainName, description: `What ${edge.domain} has to be a CNAME of` });
  }
}
