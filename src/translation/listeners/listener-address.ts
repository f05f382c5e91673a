import { socketAddress } from '../../xds/address.ts';
import type { Address, Listener } from '../../xds/types.ts';
import type { Binds } from './listener-context.ts';

/** A socket address, or the path of a unix socket where there is no port. */
export function listenerAddress(bind: string, port: number): Address {
  return port === 0 ? { pipe: { path: bind.replace(/^unix:\/\//, '') } } : socketAddress(bind, port);
}

export const listenerName = (bind: string, port: number): string => `${bind}_${port}`;

/** The first address is the listener's own; the others are added to it. */
export function listenerAddresses(binds: Binds, port: number): Pick<Listener, 'address' | 'additionalAddresses'> {
  const address = listenerAddress(binds[0] ?? '', port);
  const others = binds.length > 1 ? binds.slice(1).filter((bind) => bind !== '') : [];
  if (others.length === 0) return { address };
  return { address, additionalAddresses: others.map((bind) => ({ address: listenerAddress(bind, port) })) };
}
