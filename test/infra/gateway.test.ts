import { describe, expect, it } from 'vitest';
import { isTriggeredBy } from '../../infra/config/function-spec.ts';
import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import { localStage } from '../../infra/config/stage.ts';
import { needsAuthorizer } from '../../shared/platform/http/route.ts';
import { spelled, synthesise } from './synthesis.ts';

const { resources } = synthesise(localStage);
const httpFunctions = FUNCTION_LIST.flatMap(([name, spec]) =>
  isTriggeredBy(spec, 'http') ? [{ name, routes: Object.values(spec.trigger.routes) }] : [],
);
const gatewayRoutes = resources('AWS::ApiGatewayV2::Route').map(({ properties }) => properties);
const routeOf = (key: string) => gatewayRoutes.find(({ RouteKey }) => RouteKey === key);

/** The function behind a gateway route: route → integration → function. */
function functionBehind(route: Record<string, unknown> | undefined): unknown {
  const target = spelled(route?.Target).replace('integrations/', '').slice(1, -1);
  const integration = resources('AWS::ApiGatewayV2::Integration').find(({ id }) => id === target);
  const functionId = spelled(integration?.properties.IntegrationUri).slice(1, -'.Arn>'.length);
  return resources('AWS::Lambda::Function').find(({ id }) => id === functionId)?.properties.FunctionName;
}

describe('gateway', () => {
  it('has exactly one ANY route for each path and $default', () => {
    const paths = httpFunctions.flatMap(({ routes }) => routes.map(({ path }) => path.replace(/(?<=.)\/$/, '')));
    const expected = [...new Set(paths)].map((path) => `ANY ${path}`);
    const keys = gatewayRoutes.map(({ RouteKey }) => String(RouteKey));
    expect(keys.filter((key) => !key.endsWith('/{slash+}')).sort()).toEqual(['$default', ...expected].sort());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('stays below the quota of 300 routes', () => {
    expect(gatewayRoutes.length).toBeLessThan(300);
  });

  it('has no route that ends in a slash, which API Gateway refuses', () => {
    expect(gatewayRoutes.filter(({ RouteKey }) => String(RouteKey).endsWith('/'))).toEqual([]);
  });

  it('sends each path to the function that has its routes, and what nobody has to meta', () => {
    for (const { name, routes } of httpFunctions) {
      for (const { path } of routes) {
        expect(functionBehind(routeOf(`ANY ${path.replace(/(?<=.)\/$/, '')}`))).toBe(`stay-ops-local-${name}`);
      }
    }
    expect(functionBehind(routeOf('$default'))).toBe('stay-ops-local-meta');
  });

  it('attaches the authorizer to a path if and only if an operation of it looks at the caller', () => {
    const [authorizer] = resources('AWS::ApiGatewayV2::Authorizer');
    const looking = httpFunctions.flatMap(({ routes }) =>
      routes.filter(needsAuthorizer).map(({ path }) => `ANY ${path}`),
    );
    expect(looking.length).toBeGreaterThan(0);
    for (const { RouteKey, AuthorizationType, AuthorizerId } of gatewayRoutes) {
      const key = String(RouteKey);
      const needed = looking.some((path) => key === path || `${key}/` === path || key === `${path}{slash+}`);
      expect({ key, AuthorizationType, AuthorizerId }).toEqual(
        needed
          ? { key, AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizer?.id } }
          : { key, AuthorizationType: 'NONE', AuthorizerId: undefined },
      );
    }
  });

  it('asks the authorizer about every call: no identity source, nothing kept', () => {
    const authorizers = resources('AWS::ApiGatewayV2::Authorizer');
    expect(authorizers).toHaveLength(1);
    expect(authorizers[0]?.properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 0,
    });
    expect(authorizers[0]?.properties).not.toHaveProperty('IdentitySource');
  });

  it('needs one integration and one invoke permission for each function', () => {
    const byFunction = (type: string, property: string) =>
      resources(type)
        .filter(({ properties }) => properties.Principal !== 's3.amazonaws.com')
        .map(({ properties }) => spelled(properties[property]))
        .sort();
    const idOf = (name: string) =>
      resources('AWS::Lambda::Function').find(({ properties }) => properties.FunctionName === `stay-ops-local-${name}`)
        ?.id;
    const served = httpFunctions.map(({ name }) => `<${idOf(name)}.Arn>`);
    expect(byFunction('AWS::ApiGatewayV2::Integration', 'IntegrationUri')).toEqual(served.sort());
    expect(byFunction('AWS::Lambda::Permission', 'FunctionName')).toEqual(
      [...served, `<${idOf('authorizer')}.Arn>`].sort(),
    );
  });

  it('may be called by this API only', () => {
    const [api] = resources('AWS::ApiGatewayV2::Api');
    const sources = resources('AWS::Lambda::Permission')
      .filter(({ properties }) => properties.Principal === 'apigateway.amazonaws.com')
      .map(({ properties }) => spelled(properties.SourceArn));
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toContain(`:<${api?.id}>/`);
  });

  it('has one stage without a prefix, deploys by itself and restyles nothing', () => {
    const [api] = resources('AWS::ApiGatewayV2::Api');
    const [stage] = resources('AWS::ApiGatewayV2::Stage');
    expect(api?.properties).toMatchObject({ ProtocolType: 'HTTP' });
    expect(api?.properties).not.toHaveProperty('CorsConfiguration');
    expect(stage?.properties).toMatchObject({ StageName: '$default', AutoDeploy: true });
  });

  it('logs accesses without address or path of the caller', () => {
    const [stage] = resources('AWS::ApiGatewayV2::Stage');
    const settings = (stage?.properties.AccessLogSettings ?? {}) as { Format?: string };
    const format = settings.Format ?? '';
    expect(JSON.parse(format)).toMatchObject({ route: '$context.routeKey', status: '$context.status' });
    expect(format).not.toMatch(/sourceIp|userAgent|\$context\.path|authorizer\.(?!error)/);
  });
});
