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
  const [main = '', ...others] = binds;
  const additionalAddresses = others
    .filter((bind) => bind !== '')
    .map((bind) => ({ address: listenerAddress(bind, port) }));
  return {
    address: listenerAddress(main, port),
    ...(additionalAddresses.length > 0 && { additionalAddresses }),
  };
}
