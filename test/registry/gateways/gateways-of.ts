import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Server } from '../../../src/model/istio/gateway.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { mergeGateways } from '../../../src/registry/gateways/merge-gateways.ts';
import type { MergedGateway } from '../../../src/registry/gateways/merged-gateway.ts';
import { meshOf, resource } from '../mesh-of.ts';

/** A Gateway in the gateway's namespace; later ones are younger. */
export function gateway(
  servers: readonly Server[],
  name = 'egress',
  selector: Record<string, string> = { istio: 'egress' },
) {
  return resource('Gateway', { selector, servers }, { name, namespace: 'istio-system', creationTime: age++ });
}
let age = 1;

/** A server, written `443/HTTPS/port-name`. */
export function server(port: string, hosts: readonly string[], more: Partial<Server> = {}): Server {
  const [number, protocol = '', name = `${protocol.toLowerCase()}-${number}`] = port.split('/');
  return { port: { number: Number(number), protocol, name }, hosts, ...more };
}

export const scenario: Scenario = {
  proxy: { type: 'router', namespace: 'istio-system', name: 'egress-1', labels: { istio: 'egress' } },
};

export function merge(
  resources: readonly Resource[],
  proxy: Scenario['proxy'] = {},
): { readonly merged: MergedGateway | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { view, diagnostics } = meshOf(resources, { proxy: { ...scenario.proxy, ...proxy } });
  return { merged: mergeGateways(view), diagnostics };
}

/** `port@bind: gateway/server index, …` of each shared port. */
export function portsOf(merged: MergedGateway | undefined): readonly string[] {
  return (merged?.ports ?? []).map(({ number, bind, servers }) => {
    const list = servers.map(({ metadata, index }) => `${metadata.name}[${index}]`).join(' ');
    return `${number}${bind && `@${bind}`}: ${list}`;
  });
}
