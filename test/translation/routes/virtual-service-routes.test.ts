import { describe, expect, it } from 'vitest';
import type { DestinationRule } from '../../../src/model/istio/destination-rule.ts';
import type { HTTPMatchRequest, HTTPRoute } from '../../../src/model/istio/virtual-service.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import type { Route } from '../../../src/xds/types.ts';
import { aService, aVirtualService, routesFor } from './fixture.ts';

const host = 'a.example.com';
const route = [{ destination: { host } }];

interface Given {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly scenario?: Scenario;
  readonly rule?: DestinationRule;
}

function routesOf(http: readonly HTTPRoute[], { annotations = {}, scenario = {}, rule }: Given = {}): readonly Route[] {
  const { routes } = routesFor(
    {
      services: [aService(host)],
      virtualServices: [aVirtualService({ hosts: [host], http }, { annotations })],
      ...(rule && { destinationRules: { [host]: rule } }),
      scenario,
    },
    '80',
  );
  return routes[0]?.virtualHosts?.find(({ name }) => name === `${host}:80`)?.routes ?? [];
}

const only = (http: HTTPRoute, given?: Given): Route => {
  const [first] = routesOf([http], given);
  if (!first) throw new Error('no route was built');
  return first;
};
const matchOf = (match: HTTPMatchRequest, given?: Given) => only({ match: [match], route }, given).match;
const actionOf = (http: HTTPRoute, given?: Given) => only({ route, ...http }, given).route;

describe('a route', () => {
  it('carries its name, its source and the operation for traces', () => {
    expect(only({ name: 'r', match: [{ name: 'm', uri: { prefix: '/a' }, statPrefix: 's' }], route })).toMatchObject({
      name: 'r.m',
      statPrefix: 's',
      decorator: { operation: 'a.example.com:80/a*' },
      metadata: {
        filterMetadata: { istio: { config: '/apis/networking.istio.io/v1/namespaces/default/virtual-service/v' } },
      },
    });
  });

  it('is not sent once an earlier one takes every request', () => {
    const prefixes = (matches: readonly HTTPMatchRequest[]) =>
      routesOf([{ match: matches, route }, { route }, { route }]).map(({ match }) => match.prefix);
    expect(prefixes([{ uri: { prefix: '/a' } }])).toEqual(['/a', '/']);
    expect(prefixes([{ uri: { prefix: '/' } }, { uri: { prefix: '/b' } }])).toEqual(['/']);
  });

  it('is left out for other ports, labels, namespaces and gateways', () => {
    const applies = (match: HTTPMatchRequest) =>
      routesOf([{ match: [match], route }, { directResponse: { status: 404 } }], {
        scenario: { proxy: { labels: { app: 'web' } } },
      }).length === 2;
    const uri = { prefix: '/a' };
    expect(applies({ uri, port: 80, sourceLabels: { app: 'web' }, sourceNamespace: 'default' })).toBe(true);
    expect(applies({ uri, port: 81 })).toBe(false);
    expect(applies({ uri, sourceLabels: { app: 'db' } })).toBe(false);
    expect(applies({ uri, sourceNamespace: 'other' })).toBe(false);
    expect(applies({ uri, gateways: ['default/gw'] })).toBe(false);
    expect(applies({ uri, gateways: ['mesh'], sourceLabels: { app: 'db' } })).toBe(true);
  });
});

describe('match', () => {
  it.each([
    [{ exact: '/a' }, { path: '/a' }],
    [{ prefix: '/a/' }, { prefix: '/a/' }],
    [{ regex: '/a.*' }, { safeRegex: { regex: '/a.*' } }],
    [{}, { prefix: '/' }],
  ])('uri %j', (uri, expected) => {
    expect(matchOf({ uri })).toEqual({ ...expected, caseSensitive: true });
  });

  it('separates the paths of Gateway API routes', () => {
    const annotations = { 'internal.istio.io/route-semantics': 'gateway' };
    expect(matchOf({ uri: { prefix: '/a/' } }, { annotations })).toMatchObject({ pathSeparatedPrefix: '/a' });
    expect(matchOf({ uri: { prefix: '/' } }, { annotations })).toMatchObject({ prefix: '/' });
  });

  it('orders headers by name and puts pseudo headers last', () => {
    const { headers } = matchOf({
      method: { exact: 'GET' },
      scheme: { exact: 'https' },
      authority: { prefix: 'a.' },
      headers: { z: { exact: '1' }, b: { regex: '*' } },
      withoutHeaders: { c: { exact: '2' }, b: {} },
    });
    expect(headers).toEqual([
      { name: 'b', presentMatch: true },
      { name: 'b', presentMatch: true, invertMatch: true },
      { name: 'c', stringMatch: { exact: '2' }, invertMatch: true, treatMissingHeaderAsEmpty: true },
      { name: 'z', stringMatch: { exact: '1' } },
      { name: ':method', stringMatch: { exact: 'GET' } },
      { name: ':authority', stringMatch: { prefix: 'a.' } },
      { name: ':scheme', stringMatch: { exact: 'https' } },
    ]);
  });

  it('finds JWT claims in the metadata of the JWT filter', () => {
    const claim = { stringMatch: { exact: 'admin' } };
    const expected = (...keys: readonly string[]) => ({
      filter: 'envoy.filters.http.jwt_authn',
      path: ['payload', ...keys].map((key) => ({ key })),
      value: { orMatch: { valueMatchers: [{ listMatch: { oneOf: claim } }, claim] } },
    });
    expect(
      matchOf({
        headers: { '@request.auth.claims.group.id': { exact: 'admin' } },
        withoutHeaders: { '@request.auth.claims[role]': { exact: 'admin' } },
      }).dynamicMetadata,
    ).toEqual([expected('group', 'id'), { ...expected('role'), invert: true }]);
  });

  it('asks for query parameters by value or presence', () => {
    expect(matchOf({ queryParams: { q: {}, a: { exact: '' } }, ignoreUriCase: true })).toEqual({
      prefix: '/',
      caseSensitive: false,
      queryParameters: [
        { name: 'a', stringMatch: { exact: '' } },
        { name: 'q', presentMatch: true },
      ],
    });
  });
});

describe('forwarding', () => {
  it('does not time out by itself', () => {
    expect(actionOf({})).toMatchObject({ cluster: 'outbound|80||a.example.com', timeout: '0s', maxGrpcTimeout: '0s' });
    expect(actionOf({ timeout: '2.500s' })).toMatchObject({ timeout: '2.500s', maxGrpcTimeout: '2.500s' });
  });

  it('shares requests by weight, without those of weight zero', () => {
    const weights = [
      { destination: { host, subset: 'v1' }, weight: 90, headers: { request: { set: { host: 'x.test' } } } },
      { destination: { host, subset: 'v2' }, weight: 10 },
      { destination: { host, subset: 'v3' } },
    ];
    const built = only({ route: weights });
    expect(built.route?.weightedClusters).toEqual({
      clusters: [
        { name: 'outbound|80|v1|a.example.com', weight: 90, hostRewriteLiteral: 'x.test' },
        { name: 'outbound|80|v2|a.example.com', weight: 10 },
      ],
    });
    expect(built.decorator?.operation).toBe('v:80/*');
  });

  it('joins the headers of the route with those of its one destination', () => {
    const built = only({
      headers: { request: { set: { b: '1', a: '2' }, remove: [':path', 'x'] }, response: { add: { d: '' } } },
      route: [{ destination: { host }, headers: { request: { add: { c: '3' }, set: { ':authority': 'x.test' } } } }],
    });
    expect(built).toMatchObject({
      requestHeadersToAdd: [
        { header: { key: 'a', value: '2' }, appendAction: 'OVERWRITE_IF_EXISTS_OR_ADD' },
        { header: { key: 'b', value: '1' }, appendAction: 'OVERWRITE_IF_EXISTS_OR_ADD' },
        { header: { key: 'c', value: '3' } },
      ],
      requestHeadersToRemove: ['x'],
      responseHeadersToAdd: [{ header: { key: 'd' } }],
      route: { hostRewriteLiteral: 'x.test' },
    });
    expect(built).not.toHaveProperty('responseHeadersToRemove');
  });

  it('prefers the authority of a rewrite to that of headers', () => {
    const headers = { request: { set: { Host: 'headers.test' } } };
    expect(actionOf({ headers })).toMatchObject({ hostRewriteLiteral: 'headers.test' });
    expect(actionOf({ headers, rewrite: { authority: 'rewrite.test' } })).toMatchObject({
      hostRewriteLiteral: 'rewrite.test',
    });
  });

  it('rewrites paths', () => {
    expect(actionOf({ rewrite: { uri: '/b' } })).toMatchObject({ prefixRewrite: '/b' });
    expect(actionOf({ rewrite: { uriRegexRewrite: { match: '/a', rewrite: '/b' } } })).toMatchObject({
      regexRewrite: { pattern: { regex: '/a' }, substitution: '/b' },
    });
    expect(
      actionOf(
        { match: [{ uri: { prefix: '/a.b/' } }], rewrite: { uri: '/' } },
        { annotations: { 'internal.istio.io/route-semantics': 'gateway' } },
      ),
    ).toMatchObject({ regexRewrite: { pattern: { regex: '^/a\\.b(/?)(.*)' }, substitution: '/\\2' } });
  });

  it('mirrors a share, everything by default, nothing at zero', () => {
    const shares = (http: HTTPRoute) =>
      actionOf(http)?.requestMirrorPolicies?.map(({ runtimeFraction }) => runtimeFraction?.defaultValue);
    expect(shares({ mirror: { host } })).toEqual([{ numerator: 100 }]);
    expect(shares({ mirror: { host }, mirrorPercent: 7 })).toEqual([{ numerator: 7 }]);
    expect(shares({ mirror: { host }, mirrorPercentage: {} })).toBeUndefined();
    expect(
      shares({ mirrors: [{ destination: { host }, percentage: { value: 0.29 } }, { destination: { host } }] }),
    ).toEqual([{ numerator: 2_900, denominator: 'MILLION' }, { numerator: 100 }]);
  });
});

describe('retries', () => {
  const retriesOf = (http: HTTPRoute, given?: Given) => actionOf(http, given)?.retryPolicy;

  it('happen twice, on another host, unless the mesh says otherwise', () => {
    expect(retriesOf({})).toMatchObject({ numRetries: 2, hostSelectionRetryMaxAttempts: '5' });
    const scenario = { meshConfig: { defaultHttpRetryPolicy: { attempts: 0 } } };
    expect(retriesOf({}, { scenario })).toBeUndefined();
    expect(retriesOf({ retries: { attempts: 1 } }, { scenario })).toMatchObject({ numRetries: 1 });
  });

  it('stay on their host where a hash chose it', () => {
    const rule = { trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true } } } };
    expect(retriesOf({}, { rule })).not.toHaveProperty('retryHostPredicate');
    expect(retriesOf({ retries: { attempts: 1, retryIgnorePreviousHosts: true } }, { rule })).toHaveProperty(
      'retryHostPredicate',
    );
  });

  it.each([
    ['503,5xx, 429', '5xx,retriable-status-codes', [503, 429]],
    ['503,retriable-status-codes', 'retriable-status-codes', [503]],
    ['503', ',retriable-status-codes', [503]],
    ['599,5xx,', '599,5xx', undefined],
  ])('on %s', (retryOn, conditions, codes) => {
    const policy = retriesOf({ retries: { attempts: 1, retryOn } });
    expect([policy?.retryOn, policy?.retriableStatusCodes]).toEqual([conditions, codes]);
  });
});

describe('hash policy', () => {
  const hash = (name: string) => ({ loadBalancer: { consistentHash: { httpHeaderName: name } } });
  const rule: DestinationRule = {
    trafficPolicy: { ...hash('rule'), portLevelSettings: [{ port: { number: 80 }, ...hash('port') }] },
    subsets: [
      {
        name: 'v1',
        trafficPolicy: { ...hash('subset'), portLevelSettings: [{ port: { number: 80 }, ...hash('both') }] },
      },
    ],
  };
  const hashFor = (destination: object) =>
    actionOf({ route: [{ destination: { host, ...destination } }] }, { rule })?.hashPolicy?.map(
      ({ header }) => header?.headerName,
    );

  it('comes from the narrowest setting; ports count where the destination names one', () => {
    expect(hashFor({})).toEqual(['rule']);
    expect(hashFor({ port: { number: 80 } })).toEqual(['port']);
    expect(hashFor({ subset: 'v1' })).toEqual(['subset']);
    expect(hashFor({ subset: 'v1', port: { number: 80 } })).toEqual(['both']);
  });
});

describe('answers', () => {
  const redirectOf = (redirect: HTTPRoute['redirect'] & object) => only({ redirect }).redirect;

  it('redirects', () => {
    expect(redirectOf({ uri: '/b', authority: 'b.test', redirectCode: 302 })).toEqual({
      hostRedirect: 'b.test',
      pathRedirect: '/b',
      responseCode: 'FOUND',
    });
    expect(redirectOf({ scheme: 'https', port: 443 })).toEqual({ schemeRedirect: 'https', pathRedirect: '' });
    expect(redirectOf({ scheme: 'https', derivePort: 'FROM_REQUEST_PORT' })).toMatchObject({ portRedirect: 80 });
    expect(redirectOf({ derivePort: 'FROM_REQUEST_PORT' })).toEqual({ pathRedirect: '' });
  });

  it('responds directly', () => {
    const responseOf = (directResponse: HTTPRoute['directResponse'] & object) =>
      only({ directResponse }).directResponse;
    expect(responseOf({ status: 503, body: { string: 'down' } })).toEqual({
      status: 503,
      body: { inlineString: 'down' },
    });
    expect(responseOf({ status: 204 })).toEqual({ status: 204 });
  });

  it('injects faults', () => {
    const faultOf = (fault: HTTPRoute['fault'] & object) =>
      only({ route, fault }).typedPerFilterConfig?.['envoy.filters.http.fault'];
    expect(
      faultOf({
        delay: { fixedDelay: '5s', percentage: { value: 0.1 } },
        abort: { grpcStatus: 'UNAVAILABLE', percentage: {} },
      }),
    ).toMatchObject({
      delay: { fixedDelay: '5s', percentage: { numerator: 1_000, denominator: 'MILLION' } },
      abort: { grpcStatus: 14, percentage: { denominator: 'MILLION' } },
    });
    expect(faultOf({ delay: { fixedDelay: '5s' } })).toMatchObject({ delay: { percentage: {} } });
  });

  it('allows origins', () => {
    expect(
      only({
        route,
        corsPolicy: { allowOrigins: [{ regex: '.*' }], allowMethods: ['GET', 'PUT'], maxAge: '1.500s' },
      }).typedPerFilterConfig?.['envoy.filters.http.cors'],
    ).toEqual({
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy',
      allowOriginStringMatch: [{ safeRegex: { regex: '.*' } }],
      allowMethods: 'GET,PUT',
      maxAge: '1',
      filterEnabled: { defaultValue: { numerator: 100 } },
      forwardNotMatchingPreflights: true,
    });
  });
});
