import { oncePer } from '../model/once-per.ts';
import type { Address, Listener } from '../xds/types.ts';
import { wholeAddressKey } from './ip-addresses.ts';

/** The listeners of one port, in their order. */
interface ListenersOfPort {
  readonly all: readonly Listener[];
  readonly byAddress: ReadonlyMap<string, readonly Listener[]>;
}

/** Those that listen on a port, at whatever address. */
export function listenersOn(listeners: readonly Listener[], port: number): readonly Listener[] {
  return byPort(listeners).get(port)?.all ?? [];
}

/** Those that listen on a port of the very address, however that is written. */
export function listenersAt(listeners: readonly Listener[], address: string, port: number): readonly Listener[] {
  return byPort(listeners).get(port)?.byAddress.get(wholeAddressKey(address)) ?? [];
}

export function addressesOf({ address, additionalAddresses }: Listener): readonly Address[] {
  const additional = (additionalAddresses ?? []).flatMap((more) => (more.address ? [more.address] : []));
  return address ? [address, ...additional] : additional;
}

const byPort = oncePer((listeners: readonly Listener[]): ReadonlyMap<number | undefined, ListenersOfPort> => {
  const ports = new Map<
    number | undefined,
    { readonly all: Listener[]; readonly byAddress: Map<string, Listener[]> }
  >();
  for (const listener of listeners) {
    for (const { socketAddress } of addressesOf(listener)) {
      if (!socketAddress) continue;
      const port = ports.get(socketAddress.portValue) ?? { all: [], byAddress: new Map() };
      ports.set(socketAddress.portValue, port);
      append(port.all, listener);
      const key = wholeAddressKey(socketAddress.address);
      const same = port.byAddress.get(key);
      if (same) append(same, listener);
      else port.byAddress.set(key, [listener]);
    }
  }
  return ports;
});

/** A listener can have several addresses of one port. */
function append(list: Listener[], listener: Listener): void {
  if (list.at(-1) !== listener) list.push(listener);
}
