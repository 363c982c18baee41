import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TriggeredBy } from '../config/function-spec.ts';
import { gatewayPaths } from '../config/gateway-paths.ts';
import type { HttpGateway } from './http-gateway.ts';
import { type FunctionContext, PlatformFunction } from './platform-function.ts';

const PUBLIC_PATH = 'No operation of this path looks at the caller; the function itself decides (platform.md §1).';

/** A function behind the gateway: one integration, one invoke permission, one `ANY` route for each path (ADR 0001). */
export class HttpFunction extends PlatformFunction {
  readonly #gateway: HttpGateway;
  readonly #integration: CfnIntegration;

  constructor(
    scope: Construct,
    functionName: string,
    spec: TriggeredBy<'http'>,
    context: FunctionContext & { readonly gateway: HttpGateway },
  ) {
    super(scope, functionName, spec, context);
    this.#gateway = context.gateway;
    this.#integration = new CfnIntegration(this, 'Integration', {
      apiId: this.#gateway.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: this.lambda.functionArn,
      payloadFormatVersion: '2.0',
    });
    this.#gateway.allowInvocation(this.lambda, '*/*');
    const { routes, fallback = false } = spec.trigger;
    for (const { path, authorized } of gatewayPaths(routes, fallback)) this.#addRoute(`ANY ${path}`, authorized);
    if (fallback) this.#addRoute('$default', false);
  }

  #addRoute(routeKey: string, authorized: boolean): void {
    const route = new CfnRoute(this, `Route ${routeKey}`, {
      apiId: this.#gateway.apiId,
      routeKey,
      target: `integrations/${this.#integration.ref}`,
      ...(authorized
        ? { authorizationType: 'CUSTOM', authorizerId: this.#gateway.authorizerId }
        : { authorizationType: 'NONE' }),
    });
    if (!authorized) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: PUBLIC_PATH });
  }
}
