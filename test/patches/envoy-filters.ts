import { translate } from '../../src/index.ts';
import type { Operation, PatchContext } from '../../src/model/istio/envoy-filter.ts';
import type { Scenario } from '../../src/model/scenario.ts';

/** One HTTP port, one port of plain TCP with an address, one of TLS. */
export const services = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: web }
spec:
  hosts: [web.example.com]
  ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: tls, protocol: TLS }]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db }
spec:
  hosts: [db.example.com]
  addresses: [192.0.2.9]
  ports: [{ number: 5432, name: tcp, protocol: TCP }]
  resolution: STATIC
  endpoints: [{ address: 203.0.113.1 }]
---
`;

export interface PlainPatch {
  readonly applyTo: string;
  readonly context?: PatchContext;
  readonly match?: object;
  readonly operation?: Operation;
  readonly value?: unknown;
}

export interface PlainFilter {
  readonly name?: string;
  readonly namespace?: string;
  readonly spec?: object;
  readonly patches: readonly PlainPatch[];
}

export function envoyFilter({ name = 'f', namespace = 'default', spec = {}, patches }: PlainFilter): string {
  const configPatches = patches.map(({ applyTo, context, match, operation = 'MERGE', value }) => ({
    applyTo,
    match: { ...(context && { context }), ...match },
    patch: { operation, ...(value !== undefined && { value }) },
  }));
  const resource = {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name, namespace },
    spec: { ...spec, configPatches },
  };
  return `${JSON.stringify(resource)}\n---\n`;
}

export function translatePatched(patches: readonly PlainPatch[], scenario: Scenario = {}) {
  return translate(services + envoyFilter({ patches }), scenario);
}

/** The codes of what is said about EnvoyFilters, apart from the warning that each of them gets. */
export function codesOf({ diagnostics }: ReturnType<typeof translate>): readonly string[] {
  return diagnostics.filter(({ code }) => code !== 'resource-warning').map(({ code }) => code);
}
