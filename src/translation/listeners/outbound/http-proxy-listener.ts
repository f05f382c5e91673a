import type { Listener } from '../../../xds/types.ts';
import { buildConnectionManager } from '../../http/connection-manager.ts';
import { listenerName } from '../listener-address.ts';
import type { ListenerContext } from '../listener-context.ts';
import { outboundListener } from './render-outbound-listener.ts';

/** A forward proxy on the loopback address, for applications that use one: `meshConfig.proxyHttpPort`. */
export function buildHttpProxyListener(context: ListenerContext): Listener | undefined {
  const number = httpProxyPort(context);
  if (number === 0) return undefined;
  const name = listenerName(context.localhosts[0] ?? '', number);
  const connectionManager = buildConnectionManager(context, {
    listenerClass: 'sidecar-outbound',
    statPrefix: `outbound_${name}`,
    routes: { name: 'http_proxy' },
    protocol: 'HTTP_PROXY',
    skipExternalMetadataExchange: false,
    allowAbsoluteUrl: true,
  });
  const chain = { filters: [connectionManager], transportSocketConnectTimeout: '15s' };
  return outboundListener(
    context,
    {
      binds: context.localhosts,
      bindToPort: true,
      port: { name: '', number, protocol: 'HTTP_PROXY' },
      chains: [{ match: {} }],
    },
    { name, chains: [chain], unmatched: [] },
  );
}

/** The node's metadata counts before the mesh configuration. */
function httpProxyPort({ view: { proxy, mesh } }: ListenerContext): number {
  const { HTTP_PROXY_PORT } = proxy.metadata;
  if (typeof HTTP_PROXY_PORT === 'string' && /^[+-]?\d+$/.test(HTTP_PROXY_PORT)) return Number(HTTP_PROXY_PORT);
  return mesh.configuration.proxyHttpPort ?? 0;
}
