import * as z from 'zod';
import { functionNameOf } from './functions.ts';
import { ofType, readProperties, unhosted } from './read-properties.ts';
import type { Resource } from './resources.ts';

/** One route of the gateway: whom it calls, and whom before that. */
export interface GatewayRoute {
  /** `ANY /api/perfil`, `GET /x/{id}`, or `$default`. */
  readonly key: string;
  readonly functionName: string;
  /** The Lambda authorizer's function, where the route has one. */
  readonly authorizer: string | undefined;
  /** Longest that the gateway waits for the function. */
  readonly timeoutMs: number;
}

export interface HttpApiDefinition {
  readonly id: string;
  readonly routes: readonly GatewayRoute[];
}

/** Longest that an HTTP API waits, and its default (API Gateway quotas). */
const MAX_TIMEOUT_MS = 30_000;

const apiProperties = z.object({
  ProtocolType: z.literal('HTTP', 'only an HTTP API has a local counterpart'),
  CorsConfiguration: unhosted('CORS of the gateway has no local counterpart'),
  Body: unhosted('an imported API has no local counterpart'),
});
const stageProperties = z.object({
  StageName: z.literal('$default', 'only the stage $default has a local counterpart'),
});
const routeProperties = z.object({
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.enum(['NONE', 'CUSTOM'], 'only Lambda authorizers have a local counterpart').default('NONE'),
  AuthorizerId: z.string().optional(),
});
const integrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY', 'only Lambda proxy integrations have a local counterpart'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 has a local counterpart'),
  TimeoutInMillis: z.coerce.number().max(MAX_TIMEOUT_MS).default(MAX_TIMEOUT_MS),
});
const authorizerProperties = z.object({
  AuthorizerType: z.literal('REQUEST', 'only Lambda authorizers have a local counterpart'),
  AuthorizerUri: z.string(),
  AuthorizerPayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 has a local counterpart'),
  EnableSimpleResponses: z.literal(true, 'only simple responses have a local counterpart'),
  AuthorizerResultTtlInSeconds: z.literal(0, 'caching of verdicts has no local counterpart').default(0),
  IdentitySource: z.array(z.string()).max(0, 'identity sources have no local counterpart').default([]),
});

/** The HTTP API; undefined when the template has none. */
export function readHttpApi(resources: readonly Resource[]): HttpApiDefinition | undefined {
  const [api, second] = ofType(resources, 'AWS::ApiGatewayV2::Api');
  if (api === undefined) return undefined;
  if (second !== undefined) throw second.unsupported('there is one HTTP API already');
  readProperties(api, apiProperties);
  for (const stage of ofType(resources, 'AWS::ApiGatewayV2::Stage')) readProperties(stage, stageProperties);

  const integrations = byId(resources, 'AWS::ApiGatewayV2::Integration', integrationProperties);
  const authorizers = byId(resources, 'AWS::ApiGatewayV2::Authorizer', authorizerProperties);
  const routes = ofType(resources, 'AWS::ApiGatewayV2::Route').map((resource): GatewayRoute => {
    const { RouteKey, Target, AuthorizationType, AuthorizerId } = readProperties(resource, routeProperties);
    const integration = integrations.get(Target.slice('integrations/'.length));
    if (integration === undefined) throw resource.unsupported(`${RouteKey} leads to no integration`);
    const authorizer = AuthorizationType === 'NONE' ? undefined : authorizers.get(AuthorizerId ?? '');
    if (AuthorizationType !== 'NONE' && authorizer === undefined) {
      throw resource.unsupported(`${RouteKey} has no authorizer that is known`);
    }
    return {
      key: RouteKey,
      functionName: functionNameOf(integration.IntegrationUri),
      authorizer: authorizer && functionNameOf(authorizer.AuthorizerUri),
      timeoutMs: integration.TimeoutInMillis,
    };
  });
  return { id: 'local', routes };
}

function byId<S extends z.ZodObject>(
  resources: readonly Resource[],
  type: string,
  schema: S,
): Map<string, z.output<S>> {
  return new Map(ofType(resources, type).map((resource) => [resource.id, readProperties(resource, schema)]));
}
