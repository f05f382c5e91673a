import { typeUrls } from '../xds/type-urls.ts';
import type { Cluster, Listener } from '../xds/types.ts';
import { acceptAnyName, demoCluster, EndpointPorts } from './demo-clusters.ts';
import { demoUpstream } from './demo-upstream.ts';
import { mapObjects, without } from './map-objects.ts';
import type { ReportOmission } from './omission.ts';
import type { Certificates } from './static-secrets.ts';

/** A local address of a demo and what it stands for. */
export interface DemoAddress {
  readonly kind: 'listener' | 'upstream';
  readonly address: string;
  readonly standsFor: string;
}

interface Resources {
  readonly clusters: readonly Cluster[];
  readonly listeners: readonly Listener[];
}

/** Listeners that only make sense behind iptables: they ask the kernel where a connection was meant to go. */
const interceptionListeners = ['virtualOutbound', 'virtualInbound'];

/**
 * Puts a configuration on one machine: listeners on 127.0.0.1, ports below 1024 moved up by 10,000, every endpoint
 * replaced by an upstream that the same Envoy plays and that answers with what it saw.
 */
export function makeDemo(
  { clusters, listeners }: Resources,
  { certificates, report }: { readonly certificates?: Certificates | undefined; readonly report: ReportOmission },
): { readonly resources: Resources; readonly addresses: readonly DemoAddress[] } {
  const ports = new LocalPorts();
  const addresses: DemoAddress[] = [];
  const entries = listeners.flatMap((listener) => {
    const moved = demoListener(listener, ports);
    if (!moved) {
      report({ resource: `listener ${listener.name}`, reason: 'a demo runs without interception' });
      return [];
    }
    const wanted = listener.address?.socketAddress;
    if (wanted)
      addresses.push({
        kind: 'listener',
        address: addressText(moved),
        standsFor: `${wanted.address}:${wanted.portValue}`,
      });
    return [moved];
  });

  const endpointPorts = new EndpointPorts(() => ports.take(18_000));
  const local = clusters
    .map((cluster) => demoCluster(cluster, endpointPorts))
    .map((cluster) => (certificates?.trustedCa ? cluster : acceptAnyName(cluster)));
  const upstreams = endpointPorts.all().map(([endpoint, port]) => {
    addresses.push({ kind: 'upstream', address: `127.0.0.1:${port}`, standsFor: endpoint });
    return demoUpstream(endpoint, port, certificates);
  });
  return { resources: { clusters: local, listeners: [...entries, ...upstreams] }, addresses };
}

/** Hands out each port of 127.0.0.1 once. */
class LocalPorts {
  readonly #taken = new Set<number>();

  take(wanted: number): number {
    let port = wanted < 1024 ? wanted + 10_000 : wanted;
    while (this.#taken.has(port)) port++;
    this.#taken.add(port);
    return port;
  }
}

function demoListener(listener: Listener, ports: LocalPorts): Listener | undefined {
  if (interceptionListeners.includes(listener.name)) return undefined;
  const wanted = listener.address?.socketAddress;
  if (!wanted) return listener;
  const rest = without(listener, 'bindToPort', 'useOriginalDst', 'additionalAddresses', 'transparent');
  const moved: Listener = {
    ...rest,
    address: { socketAddress: { address: '127.0.0.1', portValue: ports.take(wanted.portValue ?? 0) } },
    listenerFilters: (listener.listenerFilters ?? []).filter(
      ({ typedConfig }) =>
        typedConfig?.['@type'] !== typeUrls.originalDst && typedConfig?.['@type'] !== typeUrls.originalSrc,
    ),
  };
  // This filter looks its name up before it hands the connection to the cluster, which no longer needs the answer.
  return mapObjects(moved, (object) =>
    (object.typedConfig as { readonly '@type'?: string } | undefined)?.['@type'] === typeUrls.sniDynamicForwardProxy
      ? undefined
      : object,
  );
}

function addressText({ address }: Listener): string {
  return `${address?.socketAddress?.address}:${address?.socketAddress?.portValue}`;
}
