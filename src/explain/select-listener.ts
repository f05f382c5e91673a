import { addressText } from '../xds/address.ts';
import type { Address, Listener } from '../xds/types.ts';
import { endsTunnels, enterTunnel } from './enter-tunnel.ts';
import type { Explanation, InterceptionStep, ListenerStep, RejectedCandidate } from './explanation.ts';
import { closesEarly, inspectConnection } from './inspect-connection.ts';
import { sameAddress, unmapped } from './ip-addresses.ts';
import { refuseListener } from './refusals/refuse-listener.ts';
import { end, type Facts, limitCandidates, precede, type Walk } from './walk.ts';

/** The connection leaves the application and reaches a listener. */
export function enterProxy(walk: Walk): Explanation {
  const { address, port } = walk.connection;
  const interceptor = walk.snapshot.listeners.find(isInterceptor);
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
function isInterceptor({ useOriginalDst, trafficDirection }: Listener): boolean {
  return useOriginalDst === true && trafficDirection !== 'INBOUND';
}

/** A gateway, or a proxy without interception: the client connects to one of the proxy's own ports. */
function enterDirectly(walk: Walk): Explanation {
  const { address, port } = walk.connection;
  const tunnel = walk.snapshot.listeners.find(endsTunnels);
  if (tunnel && !walk.snapshot.listeners.some((listener) => listensOn(listener, port)))
    return enterTunnel(walk, tunnel);
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
  const samePort = walk.snapshot.listeners.filter((listener) => listensOn(listener, port));
  const open = samePort.filter((listener) => interceptor !== undefined || listener.bindToPort !== false);
  const loaded = open.filter((listener) => refuseListener(listener) === undefined);
  const exact = loaded.find((listener) => addressesOf(listener).some((at) => isAt(at, address, port)));
  const wildcard = exact ?? loaded.find((listener) => addressesOf(listener).some((at) => isAtAny(at, address, port)));
  const listener = wildcard ?? interceptor;
  const step: ListenerStep = {
    kind: 'listener',
    ...(listener && { chosen: listener.name }),
    reason: reasonFor({ exact, wildcard, interceptor }, walk),
    rejected: limitCandidates(
      samePort
        .filter((candidate) => candidate !== listener)
        .map((candidate) => rejectListener(candidate, { walk, chosen: listener, exact: exact !== undefined })),
    ),
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

function rejectListener(
  candidate: Listener,
  { walk, chosen, exact }: { readonly walk: Walk; readonly chosen: Listener | undefined; readonly exact: boolean },
): RejectedCandidate {
  const { address, port } = walk.connection;
  const name = candidate.name;
  const refusal = refuseListener(candidate);
  if (refusal !== undefined) return { name, reason: `Envoy refuses it: ${refusal}` };
  const addresses = addressesOf(candidate);
  if (addresses.some((at) => isAtAny(at, address, port)))
    return {
      name,
      reason: exact ? 'An exact address wins over every address.' : `${chosen?.name} was sent first for this address.`,
    };
  return { name, reason: `It listens at ${addresses.map(addressText).join(', ')}, not at ${address}.` };
}

function addressesOf({ address, additionalAddresses }: Listener): readonly Address[] {
  const additional = (additionalAddresses ?? []).flatMap((more) => (more.address ? [more.address] : []));
  return address ? [address, ...additional] : additional;
}

function listensOn(listener: Listener, port: number): boolean {
  return addressesOf(listener).some((at) => portOf(at) === port);
}

function portOf({ socketAddress }: Address): number | undefined {
  return socketAddress?.portValue;
}

function isAt({ socketAddress }: Address, address: string, port: number): boolean {
  if (!socketAddress || socketAddress.portValue !== port) return false;
  return sameAddress(socketAddress.address, address);
}

/** An IPv4 address that arrives in its IPv6 form counts as IPv4. */
function isAtAny({ socketAddress }: Address, address: string, port: number): boolean {
  if (!socketAddress || socketAddress.portValue !== port) return false;
  return socketAddress.address === (unmapped(address).includes(':') ? '::' : '0.0.0.0');
}
