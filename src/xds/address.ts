import type { Address } from './types.ts';

/** An address that Envoy listens on or connects to. */
export function socketAddress(address: string, port: number): Address {
  return { socketAddress: { address, portValue: port } };
}

/** `10.0.0.1:443`, `[2001:db8::1]:443`, the path of a unix socket, or `envoy://listener/endpoint`; empty for no address. */
export function addressText(address: Address | undefined): string {
  if (address?.pipe) return address.pipe.path;
  if (address?.envoyInternalAddress) {
    const { serverListenerName = '', endpointId } = address.envoyInternalAddress;
    return `envoy://${serverListenerName}/${endpointId ?? ''}`;
  }
  const socket = address?.socketAddress;
  return socket ? joinHostPort(socket.address, socket.portValue ?? 0) : '';
}

/** `example.com:443`, `[2001:db8::1]:443`. */
export function joinHostPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
