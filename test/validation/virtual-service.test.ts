import { describe, expect, it } from 'vitest';
import type { HTTPRoute, VirtualService } from '../../src/model/istio/virtual-service.ts';
import { problemsOf } from './problems-of.ts';

const route = [{ destination: { host: 'reviews' } }];

describe('a VirtualService', () => {
  it.each<readonly [string, VirtualService, readonly string[]]>([
    ['as it should be', {}, []],
    ['for all hosts of the mesh', { hosts: ['*'] }, ['error spec.hosts[0]']],
    ['for all hosts of a gateway', { hosts: ['*'], gateways: ['ns/gw'] }, []],
    ['for all hosts of a gateway and the mesh', { hosts: ['*'], gateways: ['ns/gw', 'mesh'] }, ['error spec.hosts[0]']],
    ['for an IP address', { hosts: ['10.0.0.1'] }, []],
    ['for hosts that overlap', { hosts: ['*.example.com', 'a.example.com'] }, ['error spec.hosts[1]']],
    ['without routes', { http: [] }, ['error spec']],
    ['with a gateway that is none', { gateways: ['ns/not_one'] }, ['error spec.gateways[0]']],
    ['with a gateway that is none after one istiod stops at', { gateways: ['mesh', 'ns/not_one'] }, []],
    ['with a gateway in the old form', { gateways: ['gw.ns.svc.cluster.local'] }, ['warning spec.gateways[0]']],
    ['as delegate', { hosts: [] }, []],
    ['as delegate of a gateway', { hosts: [], gateways: ['ns/gw'] }, ['error spec.gateways']],
    [
      'with a JWT claim in the mesh',
      { http: [{ match: [{ headers: { '@request.auth.claims.sub': { exact: 'a' } } }], route }] },
      ['error spec.http[0].match[0].headers["@request.auth.claims.sub"]'],
    ],
    [
      'with a JWT claim at a gateway',
      { gateways: ['ns/gw'], http: [{ match: [{ headers: { '@request.auth.claims.sub': { exact: 'a' } } }], route }] },
      [],
    ],
    ['with TLS routes', { tls: [{ match: [{ sniHosts: ['api.example.com'] }], route }] }, []],
    [
      'with a server name of another host',
      { tls: [{ match: [{ sniHosts: ['other.org'] }], route }] },
      ['error spec.tls[0].match[0].sniHosts[0]'],
    ],
    [
      'with an IP address as server name',
      { tls: [{ match: [{ sniHosts: ['10.0.0.1'] }], route }] },
      ['warning spec.tls[0].match[0].sniHosts[0]'],
    ],
    ['with TLS routes for everything', { tls: [{ route }] }, ['error spec.tls[0].match']],
    [
      'with a subnet that is none',
      { tcp: [{ match: [{ destinationSubnets: ['10.0.0.0/33'] }], route }] },
      ['error spec.tcp[0].match[0].destinationSubnets[0]'],
    ],
    ['with a TCP route to nowhere', { tcp: [{}] }, ['error spec.tcp[0].route']],
  ])('%s', (_, change, problems) => {
    expect(problemsOf('VirtualService', { hosts: ['api.example.com'], http: [{ route }], ...change })).toEqual(
      problems,
    );
  });

  it.each<readonly [string, HTTPRoute, readonly string[]]>([
    ['nothing to do', {}, ['error spec.http[0]']],
    ['a route and a redirect', { route, redirect: { uri: '/' } }, ['error spec.http[0].route']],
    ['a delegate', { delegate: { name: 'other' } }, []],
    ['a delegate and a route', { delegate: { name: 'other' }, route }, ['error spec.http[0].route']],
    [
      'mirror and mirrors',
      { route, mirror: { host: 'a' }, mirrors: [{ destination: { host: 'b' } }] },
      ['error .mirror'],
    ],
    ['mirrorPercent', { route, mirror: { host: 'a' }, mirrorPercent: 50 }, ['warning .mirrorPercent']],
    [
      'a mirror for 200 %',
      { route, mirror: { host: 'a' }, mirrorPercentage: { value: 200 } },
      ['error .mirrorPercentage.value'],
    ],
    [
      'weights of 0',
      {
        route: [
          { ...route[0], weight: 0 },
          { ...route[0], weight: 0 },
        ],
      },
      ['error .route'],
    ],
    ['a negative weight', { route: [{ ...route[0], weight: -1 }] }, ['error .route[0].weight']],
    ['a destination of no host', { route: [{ destination: {} }] }, ['error .route[0].destination.host']],
    [
      'a subset that is none',
      { route: [{ destination: { host: 'a', subset: 'V_1' } }] },
      ['error .route[0].destination.subset'],
    ],
    [
      'an expression that RE2 does not take',
      { match: [{ uri: { regex: '(?=a)' } }], route },
      ['error .match[0].uri.regex'],
    ],
    [
      'a glob for an expression',
      { match: [{ headers: { a: { regex: '*' } } }], route },
      ['error .match[0].headers.a.regex'],
    ],
    ['a header that must be absent', { match: [{ withoutHeaders: { a: { regex: '*' } } }], route }, []],
    ['an expression of 1024 bytes', { match: [{ uri: { regex: 'a'.repeat(1024) } }], route }, []],
    ['an expression of more', { match: [{ uri: { regex: 'é'.repeat(513) } }], route }, ['error .match[0].uri.regex']],
    ['an empty prefix of the path', { match: [{ uri: { prefix: '' } }], route }, []],
    [
      'an empty prefix of the method',
      { match: [{ method: { prefix: '' } }], route },
      ['error .match[0].method.prefix'],
    ],
    [
      'a header without a name',
      { match: [{ headers: { '': { exact: 'a' } } }], route },
      ['error .match[0].headers[""]'],
    ],
    ['a timeout of 0', { route, timeout: '0s' }, ['error .timeout']],
    ['retries of negative number', { route, retries: { attempts: -1 } }, ['error .retries.attempts']],
    ['retries that are off but set', { route, retries: { retryOn: '5xx' } }, ['error .retries.attempts']],
    ['retries on a status', { route, retries: { attempts: 1, retryOn: '503,reset' } }, []],
    [
      'retries on a condition with a space',
      { route, retries: { attempts: 1, retryOn: '5xx, reset' } },
      ['error .retries.retryOn'],
    ],
    ['an empty fault', { route, fault: {} }, ['error .fault']],
    [
      'a fault for 0.00001 %',
      { route, fault: { abort: { httpStatus: 500, percentage: { value: 0.00001 } } } },
      ['error .fault.abort.percentage.value'],
    ],
    ['a fault with status 9', { route, fault: { abort: { httpStatus: 9 } } }, ['error .fault.abort.httpStatus']],
    [
      'a fault with an unknown gRPC status',
      { route, fault: { abort: { grpcStatus: 'not_found' } } },
      ['error .fault.abort.grpcStatus'],
    ],
    [
      'an exponential delay',
      { route, fault: { delay: { exponentialDelay: '1s' } } },
      ['error .fault.delay.exponentialDelay'],
    ],
    ['an empty redirect', { redirect: {} }, ['error .redirect']],
    ['a redirect with status 200', { redirect: { uri: '/', redirectCode: 200 } }, ['error .redirect.redirectCode']],
    ['a redirect to another port', { redirect: { derivePort: 'FROM_REQUEST_PORT' } }, []],
    ['an answer with status 100', { directResponse: { status: 100 } }, ['error .directResponse.status']],
    [
      'an answer of 101 kB',
      { directResponse: { status: 200, body: { string: 'é'.repeat(51 * 1024) } } },
      ['warning .directResponse.body'],
    ],
    [
      'an answer of more than 1 MB',
      { directResponse: { status: 200, body: { string: 'x'.repeat(1024 * 1024 + 1) } } },
      ['error .directResponse.body'],
    ],
    ['an empty rewrite', { route, rewrite: {} }, ['error .rewrite']],
    [
      'two rewrites of the path',
      { route, rewrite: { uri: '/', uriRegexRewrite: { match: 'a', rewrite: 'b' } } },
      ['error .rewrite.uri'],
    ],
    [
      'two authorities',
      { route, rewrite: { authority: 'a' }, headers: { request: { set: { Host: 'b' } } } },
      ['error .headers.request.set.Host'],
    ],
    [
      'a pseudo header to set',
      { route, headers: { request: { set: { ':path': '/' } } } },
      ['error .headers.request.set[":path"]'],
    ],
    [
      'a Host in the response',
      { route, headers: { response: { set: { host: 'a' } } } },
      ['error .headers.response.set.host'],
    ],
    [
      'a percent sign alone',
      { route, headers: { response: { set: { a: '100%' } } } },
      ['error .headers.response.set.a'],
    ],
    ['an origin that is none', { route, corsPolicy: { allowOrigins: [{}] } }, ['error .corsPolicy.allowOrigins[0]']],
    ['a method that is none', { route, corsPolicy: { allowMethods: ['get'] } }, ['error .corsPolicy.allowMethods[0]']],
    ['a maximum age in milliseconds', { route, corsPolicy: { maxAge: '1.500s' } }, ['error .corsPolicy.maxAge']],
  ])('with %s', (_, rule, problems) => {
    const found = problemsOf('VirtualService', { hosts: ['api.example.com'], http: [rule] });
    expect(found).toEqual(problems.map((problem) => problem.replace(' .', ' spec.http[0].')));
  });

  const get = (uri: string): HTTPRoute => ({ match: [{ uri: { prefix: uri } }], route });
  it.each<readonly [string, readonly HTTPRoute[], readonly string[]]>([
    ['after one for everything', [{ route }, get('/a')], ['warning spec.http[1]']],
    ['for everything twice', [{ route }, { route }], ['warning spec.http[1]']],
    ['of a match before it', [get('/a'), get('/a')], ['warning spec.http[1]', 'warning spec.http[1].match[0]']],
    [
      'of a match by another name',
      [get('/a'), { match: [{ name: 'again', uri: { prefix: '/a' } }, { port: 80 }], route }],
      ['warning spec.http[1].match[0]'],
    ],
    [
      'of a match with a default',
      [get('/a'), { match: [{ uri: { prefix: '/a' }, ignoreUriCase: false, headers: {} }, { port: 80 }], route }],
      ['warning spec.http[1].match[0]'],
    ],
    ['of a prefix within another', [get('/a'), get('/a/b')], ['warning spec.http[1].match[0]']],
    ['of a prefix around another', [get('/a/b'), get('/a')], []],
    [
      'of a prefix within another, for another method',
      [get('/a'), { match: [{ uri: { prefix: '/a/b' }, method: { exact: 'POST' } }], route }],
      [],
    ],
  ])('warns of a rule %s', (_, http, problems) => {
    expect(problemsOf('VirtualService', { hosts: ['api.example.com'], http })).toEqual(problems);
  });
});
