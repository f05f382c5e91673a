import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, translate } from '../../src/index.ts';
import type { Request } from '../../src/model/scenario.ts';
import { manifestsOf, type PlainResource } from '../arbitraries/mesh.ts';

/** A condition of an http rule, and what a request must be like to meet it. */
interface Condition {
  readonly match: Readonly<Record<string, unknown>>;
  readonly path?: string;
  readonly query?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const word = fc.stringMatching(/^[a-z]{1,8}$/);

const onPath: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant<Condition>({ match: {} }),
  word.map((text) => ({ match: { uri: { exact: `/${text}` } }, path: `/${text}` })),
  fc
    .tuple(word, word)
    .map(([prefix, rest]) => ({ match: { uri: { prefix: `/${prefix}` } }, path: `/${prefix}${rest}` })),
  fc
    .tuple(word, word)
    .map(([prefix, rest]) => ({ match: { uri: { prefix: `/${prefix}/` } }, path: `/${prefix}/${rest}` })),
  word.map((text) => ({ match: { uri: { regex: `/${text}(/[0-9]+)?` } }, path: `/${text}/42` })),
  word.map((text) => ({ match: { uri: { exact: `/${text}` }, ignoreUriCase: true }, path: `/${text.toUpperCase()}` })),
);
const onMethod: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant<Condition>({ match: {} }),
  fc.constantFrom('POST', 'DELETE').map((method) => ({ match: { method: { exact: method } }, method })),
);
const onQuery: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant<Condition>({ match: {} }),
  word.map((value) => ({ match: { queryParams: { v: { exact: value } } }, query: `u=1&v=${value}` })),
  fc.constant<Condition>({ match: { queryParams: { v: { regex: '[0-9]+' } } }, query: 'v=12' }),
);
const onHeader: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant<Condition>({ match: {} }),
  word.map((value) => ({ match: { headers: { 'end-user': { exact: value } } }, headers: { 'End-User': value } })),
  word.map((value) => ({
    match: { headers: { cookie: { regex: `^(.*?;)?(u=${value})(;.*)?$` } } },
    headers: { cookie: `a=b;u=${value}` },
  })),
  word.map((value) => ({ match: { headers: { via: { prefix: value } } }, headers: { via: `${value}-1` } })),
  fc.constant<Condition>({ match: { headers: { present: {} } }, headers: { present: '' } }),
  fc.constant<Condition>({ match: { withoutHeaders: { absent: { exact: 'yes' } } } }),
);

interface Rule {
  readonly conditions: readonly Condition[];
  /** Between which clusters the rule shares the requests. */
  readonly destinations: number;
}

const rule: fc.Arbitrary<Rule> = fc.record({
  conditions: fc.tuple(onPath, onMethod, onQuery, onHeader),
  destinations: fc.integer({ min: 1, max: 2 }),
});

/** Every rule also asks for its own number, so that no earlier rule can take the request. */
function virtualService(rules: readonly Rule[]): readonly PlainResource[] {
  const http = rules.map(({ conditions, destinations }, index) => ({
    name: `rule-${index}`,
    match: [merge([...conditions.map(({ match }) => match), { headers: { 'x-rule': { exact: String(index) } } }])],
    route: Array.from({ length: destinations }, (_, at) => ({
      destination: { host: `d${index}-${at}.example.com` },
      ...(destinations > 1 && { weight: 50 }),
    })),
  }));
  const hosts = rules.flatMap(({ destinations }, index) =>
    Array.from({ length: destinations }, (_, at) => `d${index}-${at}.example.com`),
  );
  const ports = [{ number: 80, name: 'http', protocol: 'HTTP' }];
  return [
    resource('ServiceEntry', { hosts: ['a.example.com', ...hosts], ports, resolution: 'DNS' }),
    resource('VirtualService', { hosts: ['a.example.com'], http }),
  ];
}

function resource(kind: string, spec: Readonly<Record<string, unknown>>): PlainResource {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind,
    metadata: { name: kind.toLowerCase(), namespace: 'default' },
    spec,
  };
}

function merge(matches: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  const headers = Object.assign({}, ...matches.map((match) => match['headers']));
  return { ...Object.assign({}, ...matches), headers };
}

function requestFor({ conditions }: Rule, index: number): Request {
  const path = conditions.find((condition) => condition.path)?.path ?? '/';
  const query = conditions.find((condition) => condition.query)?.query;
  const method = conditions.find((condition) => condition.method)?.method;
  return {
    port: 80,
    protocol: 'http',
    host: 'a.example.com',
    path: query === undefined ? path : `${path}?${query}`,
    ...(method !== undefined && { method }),
    headers: Object.assign({ 'x-rule': String(index) }, ...conditions.map(({ headers }) => headers)),
  };
}

describe('a request that meets the conditions of a rule', () => {
  it('reaches the rule', () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), fc.nat(), (rules, seed) => {
        const index = seed % rules.length;
        const chosen = rules[index];
        if (!chosen) return;
        const translation = translate(manifestsOf(virtualService(rules)));
        expect(translation.rejected).toEqual([]);
        const found = explain(translation, requestFor(chosen, index));
        const clusters = Array.from(
          { length: chosen.destinations },
          (_, at) => `outbound|80||d${index}-${at}.example.com`,
        );
        expect(found.route).toBe(`rule-${index}`);
        expect(found.outcome).toBe('routed');
        expect(found.cluster === undefined ? found.weightedClusters?.map(({ name }) => name) : [found.cluster]).toEqual(
          clusters,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('and lacks one of them does not', () => {
    fc.assert(
      fc.property(rule, (only) => {
        const translation = translate(manifestsOf(virtualService([only])));
        const { headers: _, ...request } = requestFor(only, 0);
        expect(explain(translation, request)).toMatchObject({
          outcome: 'route-not-found',
          responseFlag: 'NR',
          responseCode: 404,
        });
      }),
      { numRuns: 50 },
    );
  });
});
