import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type DiagnosticCode, lint, type Scenario } from '../../src/index.ts';

interface Options {
  /** As the document's own proxy asks; else lint looks from everywhere. */
  readonly asScenario?: boolean;
}

function codesIn(folder: string, { asScenario = false }: Options): readonly DiagnosticCode[] {
  const read = (file: string): string => readFileSync(path.join('golden', folder, file), 'utf8');
  const scenario = asScenario ? (load(read('scenario.yaml')) as Scenario) : {};
  return lint([{ file: 'input.yaml', text: read('input.yaml') }], scenario).map(({ code }) => code);
}

/** The YAML of the two documents that the project grew from, as they print it. */
describe('the mistakes of the guide and of the article', () => {
  it.each<[string, DiagnosticCode, string, Options?]>([
    ['host names under STATIC', 'static-with-host-name', 'guide/traffic-shifting-as-written'],
    ['http rules on a TLS port', 'rules-no-effect', 'guide/retries-and-timeouts'],
    ['weights on a TLS port', 'rules-no-effect', 'guide/traffic-shifting-dns'],
    ['TLS origination on a port whose protocol is TLS', 'double-tls', 'guide/tls-origination'],
    ['the same behind a VirtualService', 'double-tls', 'guide/tls-origination-redirected'],
    ['mode: MUTUAL_TLS', 'field-type', 'wildcard-egress/unknown-internal-as-written'],
    ['sticky sessions on DNS_ROUND_ROBIN', 'load-balancer-no-effect', 'guide/sticky-sessions-dns-round-robin'],
    ['sticky sessions on NONE', 'load-balancer-no-effect', 'guide/sticky-sessions-none'],
    ['wildcards only work with NONE', 'wildcard-without-lookup', 'guide/faq-wildcard-none'],
    ['http settings on a TLS port', 'http-policy-on-tcp-port', 'guide/connection-pool-and-circuit-breaking'],
    ['a timeout shorter than its retries', 'timeout-cuts-retries', 'guide/retries-and-timeouts'],
    ['retriable-status-codes without codes', 'retry-condition-no-effect', 'guide/retries-and-timeouts'],
    ['a synthetic host name', 'synthetic-host', 'guide/pattern-3-legacy-internal'],
    ['TCP without an address', 'tcp-without-address', 'guide/pattern-2-managed-database'],
    ['TCP beside HTTP', 'tcp-without-address', 'guide/pattern-4-multiple-ports'],
    ['TCP that is not intercepted', 'tcp-without-address', 'guide/troubleshooting-tcp-not-intercepted'],
    [
      'protocol HTTP where the application does TLS',
      'plain-text-to-tls-port',
      'guide/troubleshooting-wrong-protocol-http',
    ],
    ['an SNI that only the mesh knows', 'sni-without-certificate', 'guide/traffic-shifting-http'],
    ['TLS to port 80', 'origination-on-plain-port', 'guide/traffic-shifting-http'],
    [
      'a missing entry',
      'missing-in-registry-only',
      'guide/troubleshooting-missing-in-registry-only',
      { asScenario: true },
    ],
    ['exportTo', 'hidden-by-export-to', 'guide/anatomy-other-namespace', { asScenario: true }],
    ['mutual TLS needs DNS SANs', 'dynamic-dns-certificate-names', 'wildcard-egress/unknown-internal-istio-mutual'],
    [
      'a wildcard entry behind a waypoint',
      'dynamic-dns-behind-waypoint',
      'wildcard-egress/use-waypoint-label-own-namespace',
    ],
    ['DYNAMIC_DNS before 1.30', 'version-difference', 'wildcard-egress/dynamic-dns'],
  ])('%s is %s', (_, code, folder, options = {}) => {
    expect(codesIn(folder, options)).toContain(code);
  });

  it.each([
    'guide/pattern-1-external-http-api',
    'guide/troubleshooting-tcp-with-address',
    'wildcard-egress/exact-host',
  ])('%s is fine', (folder) => expect(codesIn(folder, {})).toEqual([]));

  it('says from where it did not look', () => {
    const namespaces = Array.from(
      { length: 20 },
      (_, index) => `{kind: Namespace, apiVersion: v1, metadata: {name: n${index}}}`,
    );
    const found = lint(namespaces.join('\n---\n')).map(({ code }) => code);
    // With and without DNS capture, that is 40 kinds of proxies.
    expect(found).toEqual(['viewpoints-limited']);
  });

  it('suggests the value that was meant', () => {
    const text = readFileSync('golden/wildcard-egress/unknown-internal-as-written/input.yaml', 'utf8');
    const found = lint(text).find(({ code }) => code === 'field-type');
    expect(found?.message).toContain('did you mean MUTUAL?');
    expect(found?.range?.line).toBe(text.split('\n').findIndex((line) => line.includes('MUTUAL_TLS')) + 1);
  });
});
