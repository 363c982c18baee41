import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { isTriggeredBy } from '../config/function-spec.ts';
import { FUNCTION_LIST, FUNCTIONS } from '../config/functions.ts';
import { HttpFunction } from '../constructs/http-function.ts';
import { HttpGateway } from '../constructs/http-gateway.ts';
import { type FunctionContext, PlatformFunction } from '../constructs/platform-function.ts';

/** The HTTP API, its authorizer and the functions behind it. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & FunctionContext) {
    super(scope, id, props);
    const { names } = props;
    const { lambda } = new PlatformFunction(this, 'authorizer', FUNCTIONS.authorizer, props);
    const gateway = new HttpGateway(this, 'Gateway', { stage: props.stage, names, authorizer: lambda });
    for (const [name, spec] of FUNCTION_LIST) {
      if (isTriggeredBy(spec, 'http')) new HttpFunction(this, name, spec, { ...props, gateway });
    }
    new StringParameter(this, 'ApiId', { parameterName: names.apiIdParameter, stringValue: gateway.apiId });
    new CfnOutput(this, 'ApiUrl', { value: gateway.apiEndpoint, description: 'Base address of the API' });
  }
}
