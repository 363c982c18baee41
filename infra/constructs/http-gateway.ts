import { CfnApi, CfnAuthorizer, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../config/names.ts';
import type { StageConfig } from '../config/stage.ts';

/** Neither source address nor path: the first is personal data, the second may carry a token (ruling 8). */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationMs: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

/**
 * The HTTP API with its authorizer, its one stage and its access log. Built from level-1 resources, because the level-2
 * ones hang authorizer and integration below whichever route comes first, and replace them when another one does.
 */
export class HttpGateway extends Construct {
  readonly apiId: string;
  readonly apiEndpoint: string;
  readonly authorizerId: string;

  constructor(scope: Construct, id: string, props: { stage: StageConfig; names: Names; authorizer: LambdaFunction }) {
    super(scope, id);
    const { names, stage } = props;
    const api = new CfnApi(this, 'Api', { name: names.stack('api'), protocolType: 'HTTP' });
    this.apiId = api.ref;
    this.apiEndpoint = api.attrApiEndpoint;
    this.authorizerId = this.#addAuthorizer(props.authorizer).ref;

    const logGroup = new LogGroup(this, 'AccessLog', {
      logGroupName: names.accessLogGroup,
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new CfnStage(this, 'Stage', {
      apiId: this.apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: logGroup.logGroupArn, format: JSON.stringify(ACCESS_LOG_FIELDS) },
    });
  }

  /** No identity source, so that a call without a token reaches it too, and no caching, which needs one (ADR 0004). */
  #addAuthorizer(lambda: LambdaFunction): CfnAuthorizer {
    const { partition, region } = Stack.of(this);
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.apiId,
      name: 'verdict',
      authorizerType: 'REQUEST',
      authorizerUri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${lambda.functionArn}/invocations`,
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      authorizerResultTtlInSeconds: 0,
    });
    this.allowInvocation(lambda, `authorizers/${authorizer.ref}`);
    return authorizer;
  }

  /** Lets this API call a function, once and for all of its routes: one permission for each would overflow the policy. */
  allowInvocation(lambda: LambdaFunction, resourceName: string): void {
    lambda.addPermission('Gateway', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: this.apiId, resourceName }),
    });
  }
}
