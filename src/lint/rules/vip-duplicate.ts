import { portPath } from '../../model/port-path.ts';
import { isHttp, isTls } from '../../model/protocol.ts';
import type { Port, Service } from '../../model/service.ts';
import { addressForProxy } from '../../registry/service-address.ts';
import type { Finding, Rule } from '../rule.ts';

export const vipDuplicate: Rule = {
  code: 'vip-duplicate',
  severity: 'warning',
  documentation:
    'Two services say that they are reached at one address and one port. Below HTTP, and without an SNI, nothing else tells them apart: Envoy has one listener for the pair of address and port, it leads to the service that istiod lists first (the oldest), and the other one is never reached. The same happens to several hosts of one entry that share spec.addresses. Give each its own address or port, or leave the addresses out and let istiod allocate them.',
  fromProxy: (look) => {
    if (!look.isSidecar) return [];
    const owners = new Map<string, Service>();
    const findings: Finding[] = [];
    for (const service of look.view.services) {
      const address = addressForProxy(look.view, service);
      if (isUnspecified(address)) continue;
      for (const port of service.ports.filter(needsAnAddress)) {
        const key = `${address} ${port.number}`;
        const owner = owners.get(key);
        if (!owner) owners.set(key, service);
        else if (owner.hostname !== service.hostname) findings.push(describe({ service, owner, port, address }));
      }
    }
    return findings;
  },
};

const isUnspecified = (address: string): boolean => ['', '0.0.0.0', '::'].includes(address);

/** HTTP and TLS say whom they want to reach. */
const needsAnAddress = ({ protocol }: Port): boolean => !isHttp(protocol) && !isTls(protocol) && protocol !== 'UDP';

interface Duplicate {
  readonly service: Service;
  readonly owner: Service;
  readonly port: Port;
  readonly address: string;
}

function describe({ service, owner, port, address }: Duplicate): Finding {
  const isOneEntry = service.origin === owner.origin;
  const whose = isOneEntry ? `, another host of the same resource` : '';
  return {
    resource: service.origin,
    path:
      service.origin.spec && 'addresses' in service.origin.spec
        ? 'spec.addresses'
        : portPath(service.origin, port.number),
    message: `${address}:${port.number} belongs to ${owner.hostname}${whose}: connections to it never reach ${service.hostname}. Give ${service.hostname} an address or port of its own.`,
    ...(!isOneEntry && {
      related: [
        {
          message: `has ${address}:${port.number}, too, and comes first`,
          resource: {
            kind: owner.origin.kind,
            namespace: owner.origin.metadata.namespace,
            name: owner.origin.metadata.name,
          },
        },
      ],
    }),
  };
}
