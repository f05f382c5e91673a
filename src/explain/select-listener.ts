import { oncePer } from '../model/once-per.ts';
import { addressText } from '../xds/address.ts';
import type { Listener } from '../xds/types.ts';
import { enterTunnel, tunnelEnd } from './enter-tunnel.ts';
import type { Explanation, InterceptionStep, ListenerStep, RejectedCandidate } from './explanation.ts';
import { closesEarly, inspectConnection } from './inspect-connection.ts';
import { unmapped } from './ip-addresses.ts';
import { addressesOf, listenersAt, listenersOn } from './listeners-at.ts';
import { refuseListener } from './refusals/refuse-listener.ts';
import { end, type Facts, limitCandidates, precede, type Walk } from './walk.ts';

/** The connection leaves the application and reaches a listener. */
export function enterProxy(walk: Walk): Explanation {
  const { address, port } = walk.connection;
  const interceptor = interceptorAmong(walk.snapshot.listeners);
  if (!interceptor) return enterDirectly(walk);
  const refusal = refuseListener(interceptor);
  const step: InterceptionStep = {
    kind: 'interception',
    address,
    port,
    ...(refusal === undefined && { chosen: interceptor.name }),
    reason:
      refusal === undefined
        ? `The pod’s packet rules redirect the connection to ${address}:${port} to ${addressText(interceptor.address)}, which remembers the original destination.`
        : `The pod’s packet rules redirect the connection to ${addressText(interceptor.address)}, but nothing listens there: Envoy refuses ${interceptor.name}. ${refusal}`,
    rejected: [],
    notes: [],
  };
  if (refusal !== undefined) return end('no-listener', [step]);
  if (closesEarly(walk, interceptor))
    return precede(step, { listener: interceptor.name }, inspectConnection(walk, interceptor, []));
  return precede(step, {}, selectListener(walk, interceptor));
}

/** Traffic that leaves the pod is redirected to one listener, which hands it on by its original destination. */
const interceptorAmong = oncePer((listeners: readonly Listener[]) =>
  listeners.find(({ useOriginalDst, trafficDirection }) => useOriginalDst === true && trafficDirection !== 'INBOUND'),
);

/** A gateway, or a proxy without interception: the client connects to one of the proxy's own ports. */
function enterDirectly(walk: Walk): Explanation {
  const { address, port } = walk.connection;
  const { listeners } = walk.snapshot;
  const tunnel = tunnelEnd(listeners);
  if (tunnel && listenersOn(listeners, port).length === 0) return enterTunnel(walk, tunnel);
  const step: InterceptionStep = {
    kind: 'interception',
    address,
    port,
    chosen: `${address}:${port}`,
    reason: 'Nothing is intercepted here: the client connects to a port of the proxy itself.',
    rejected: [],
    notes: [],
  };
  return precede(step, {}, selectListener(walk, undefined));
}

/**
 * Envoy looks for a listener at the original address, then for one at any address of the same family and port,
 * and else keeps the connection where it arrived. Source: envoy `source/common/listener_manager/connection_handler_impl.cc`.
 */
function selectListener(walk: Walk, interceptor: Listener | undefined): Explanation {
  const { address, port } = walk.connection;
  const { listeners } = walk.snapshot;
  const isOpen = (listener: Listener): boolean =>
    (interceptor !== undefined || listener.bindToPort !== false) && refuseListener(listener) === undefined;
  const exact = listenersAt(listeners, address, port).find(isOpen);
  const everywhere = listenersAt(listeners, anyAddressLike(address), port).filter((at) => takesEveryAddress(at, walk));
  const wildcard = exact ?? everywhere.find(isOpen);
  const listener = wildcard ?? interceptor;
  const samePort = listenersOn(listeners, port);
  const others = samePort.length - (listener && samePort.includes(listener) ? 1 : 0);
  const step: ListenerStep = {
    kind: 'listener',
    ...(listener && { chosen: listener.name }),
    reason: reasonFor({ exact, wildcard, interceptor }, walk),
    rejected: limitCandidates(rejectOthers(samePort, { walk, chosen: listener, exact: exact !== undefined }), others),
    notes: [],
  };
  if (!listener) return end('no-listener', [step]);
  const first = interceptor && interceptor !== listener ? (interceptor.listenerFilters ?? []) : [];
  const facts: Facts = {
    listener: listener.name,
    ...(listener === interceptor && { cause: 'port-not-registered' }),
  };
  return precede(step, facts, inspectConnection(walk, listener, first));
}

interface Found {
  readonly exact: Listener | undefined;
  readonly wildcard: Listener | undefined;
  readonly interceptor: Listener | undefined;
}

function reasonFor({ exact, wildcard, interceptor }: Found, { connection }: Walk): string {
  const { address, port } = connection;
  if (exact) return `It listens at exactly ${address}:${port}.`;
  if (wildcard) return `Nothing listens at exactly ${address}:${port}; this one takes port ${port} at every address.`;
  if (interceptor)
    return `No listener exists for port ${port}, at ${address} or at every address; the catch-all stays.`;
  return `Nothing listens at ${address}:${port}.`;
}

interface Choice {
  readonly walk: Walk;
  readonly chosen: Listener | undefined;
  /** Whether it listens at the very address. */
  readonly exact: boolean;
}

function* rejectOthers(candidates: readonly Listener[], choice: Choice): Iterable<RejectedCandidate> {
  for (const candidate of candidates) if (candidate !== choice.chosen) yield rejectListener(candidate, choice);
}

function rejectListener(candidate: Listener, { walk, chosen, exact }: Choice): RejectedCandidate {
  const name = candidate.name;
  const refusal = refuseListener(candidate);
  if (refusal !== undefined) return { name, reason: `Envoy refuses it: ${refusal}` };
  if (takesEveryAddress(candidate, walk))
    return {
      name,
      reason: exact ? 'An exact address wins over every address.' : `${chosen?.name} was sent first for this address.`,
    };
  const addresses = addressesOf(candidate).map(addressText);
  return { name, reason: `It listens at ${addresses.join(', ')}, not at ${walk.connection.address}.` };
}

/** Written as istiod writes it. */
function takesEveryAddress(listener: Listener, { connection: { address, port } }: Walk): boolean {
  const any = anyAddressLike(address);
  return addressesOf(listener).some(
    ({ socketAddress }) => socketAddress?.portValue === port && socketAddress.address === any,
  );
}

/** An IPv4 address that arrives in its IPv6 form counts as IPv4. */
function anyAddressLike(address: string): string {
  return unmapped(address).includes(':') ? '::' : '0.0.0.0';
}
