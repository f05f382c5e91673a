import { type Translation, translate } from '../../../src/index.ts';
import type { Server } from '../../../src/model/istio/gateway.ts';
import type { VirtualService } from '../../../src/model/istio/virtual-service.ts';
import { scenario } from '../../registry/gateways/gateways-of.ts';

const networking = 'networking.istio.io/v1';

export interface Parts {
  readonly servers: readonly Server[];
  /** Bound to the Gateway unless they say otherwise. */
  readonly virtualServices?: readonly VirtualService[];
  readonly more?: readonly object[];
}

/** What a gateway with these servers is sent; the services `a.com` (80 and 443) and `b.com` exist. */
export function askGateway({ servers, virtualServices = [], more = [] }: Parts): Translation {
  const gateway = {
    apiVersion: networking,
    kind: 'Gateway',
    metadata: { name: 'egress', namespace: 'istio-system' },
    spec: { selector: { istio: 'egress' }, servers },
  };
  const routes = virtualServices.map((spec, index) => ({
    apiVersion: networking,
    kind: 'VirtualService',
    metadata: { name: `routes-${index}`, namespace: 'default' },
    spec: { gateways: ['istio-system/egress'], ...spec },
  }));
  const documents = [gateway, ...routes, serviceEntry('a.com'), serviceEntry('b.com'), ...more];
  return translate(documents.map((document) => JSON.stringify(document)).join('\n---\n'), scenario);
}

export function serviceEntry(host: string, spec: object = {}): object {
  return {
    apiVersion: networking,
    kind: 'ServiceEntry',
    metadata: { name: host, namespace: 'default' },
    spec: {
      hosts: [host],
      ports: [
        { number: 80, name: 'http', protocol: 'HTTP' },
        { number: 443, name: 'tls', protocol: 'TLS' },
      ],
      resolution: 'DNS',
      ...spec,
    },
  };
}

export const to = (host: string, number = 80) => ({ destination: { host, port: { number } } });
