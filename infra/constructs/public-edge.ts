import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EDGE_KEY_HEADER, VIEWER_ADDRESS_HEADER } from '../../shared/platform/http/come-through-edge.ts';
import type { EdgeConfig } from '../config/stage.ts';

/** Puts the caller's address where the functions look for it, over whatever the caller has put there. */
const TELL_ADDRESS = `function handler(event) {
  event.request.headers['${VIEWER_ADDRESS_HEADER}'] = { value: event.viewer.ip };
  return event.request;
}`;

const NO_LOG =
  "CloudFront's log holds addresses and whole paths with tokens in them (ruling 8); the gateway logs every call without.";
const ALL_COUNTRIES = 'Hosts and their guests come from everywhere.';

/** CloudFront in front of the gateway: it caches nothing, asks the firewall, and shows that a call came through it. */
export class PublicEdge extends Construct {
  readonly domainName: string;

  constructor(scope: Construct, id: string, { edge, firewallArn }: { edge: EdgeConfig; firewallArn: string }) {
    super(scope, id);
    const teller = new EdgeFunction(this, 'Teller', {
      code: FunctionCode.fromInline(TELL_ADDRESS),
      runtime: FunctionRuntime.JS_2_0,
      comment: "Tells the caller's address",
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: edge.domain,
      domainNames: [edge.domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', edge.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      webAclId: firewallArn,
      defaultBehavior: {
        origin: new HttpOrigin(edge.apiDomain, {
          customHeaders: { [EDGE_KEY_HEADER]: edge.key },
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          // As long as the gateway itself waits.
          readTimeout: Duration.seconds(30),
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // The gateway answers to its own host alone.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        functionAssociations: [{ function: teller, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
    });
    Validations.of(distribution).acknowledge({ id: 'AwsSolutions-CFR1', reason: ALL_COUNTRIES });
    Validations.of(distribution).acknowledge({ id: 'AwsSolutions-CFR3', reason: NO_LOG });
    this.domainName = distribution.distributionDomainName;
  }
}
