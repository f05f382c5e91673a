import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { readUrl } from '../../src/explain/read-url.ts';
import { RequestFollower } from '../../src/hops/request-follower.ts';
import type { Request, Scenario } from '../../src/model/scenario.ts';
import { translate } from '../../src/translate.ts';

const manifests = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a, namespace: default}
spec:
  hosts: [a.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: db, namespace: payments}
spec:
  hosts: [db.example.com]
  exportTo: ["."]
  ports: [{number: 5432, name: tcp, protocol: TCP}]
  addresses: [192.0.2.1]
  resolution: DNS
`;

const blocked: Scenario = { meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } };

describe('causes', () => {
  const http = { protocol: 'http', host: 'a.example.com' } as const;
  const tls = { protocol: 'tcp', tls: 'tls' } as const;

  it.each<[string, Request, string | undefined, string, string]>([
    ['the registered host', { ...http, port: 80 }, undefined, 'routed', 'routed'],
    [
      'another host',
      { ...http, port: 80, host: 'b.example.com' },
      'host-not-registered',
      'passthrough',
      'blackhole-http',
    ],
    ['another port', { ...http, port: 81 }, 'port-not-registered', 'passthrough', 'blackhole-tcp'],
    [
      'TLS on the port for HTTP',
      { ...tls, port: 80, sni: 'a.example.com' },
      'tls-on-http-port',
      'passthrough',
      'blackhole-tcp',
    ],
    [
      'no HTTP on the port for HTTP',
      { protocol: 'tcp', port: 80 },
      'not-http-on-http-port',
      'passthrough',
      'blackhole-tcp',
    ],
    ['plain text on the port for TLS', { ...http, port: 443 }, 'plaintext-on-tls-port', 'passthrough', 'blackhole-tcp'],
    [
      'another server name',
      { ...tls, port: 443, sni: 'b.example.com' },
      'server-name-not-registered',
      'passthrough',
      'blackhole-tcp',
    ],
    ['no server name', { ...tls, port: 443 }, 'server-name-missing', 'passthrough', 'blackhole-tcp'],
  ])('%s', (_, request, cause, allowed, refused) => {
    expect(explain(translate(manifests), request)).toMatchObject({ outcome: allowed });
    expect(explain(translate(manifests), request).cause).toBe(cause);
    expect(explain(translate(manifests, blocked), request)).toMatchObject({ outcome: refused });
  });
});

describe('hints', () => {
  const hints = (text: string, sidecar = '') => {
    const url = readUrl(text);
    if ('problem' in url) throw new Error(url.problem);
    return new RequestFollower(`${manifests}${sidecar}`, {}).follow(url).hints;
  };

  it('name who registers the host for others', () => {
    expect(hints('tcp://db.example.com:5432')).toEqual([
      'ServiceEntry payments/db registers db.example.com, but exports it to its own namespace payments, not to default.',
    ]);
  });

  it('name the ports that are registered', () => {
    expect(hints('https://a.example.com:8443/')).toEqual([
      'ServiceEntry default/a registers a.example.com on 80 (HTTP), 443 (TLS), not on 8443.',
    ]);
  });

  it('name the Sidecar that hides the host', () => {
    const sidecar = `
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: narrow, namespace: default}
spec: {egress: [{hosts: ["istio-system/*"]}]}
`;
    expect(hints('http://a.example.com/', sidecar)).toEqual([
      'ServiceEntry default/a registers a.example.com, but the Sidecar default/narrow leaves it out.',
    ]);
  });

  it('are silent where nobody registers the host, or where it is found', () => {
    expect(hints('http://unknown.example.com/')).toBeUndefined();
    expect(hints('http://a.example.com/')).toBeUndefined();
  });
});
