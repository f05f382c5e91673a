import { portPath } from '../../../model/port-path.ts';
import { referenceOf } from '../../../model/resource.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import type { ChainPlan, Claim, ListenerPlan } from './outbound-plan.ts';

/** One chain of a service matches what an earlier service's chain matches already: Envoy would refuse both together. */
export function reportLostChain(view: ProxyView, listener: ListenerPlan, lost: ChainPlan, owner: ChainPlan): void {
  const names = lost.match.serverNames ?? [];
  const asked = names.length > 0 ? `connections for ${names.join(', ')}` : 'connections that nothing tells apart';
  report(view, {
    loser: lost,
    winner: owner.service,
    message:
      `${describe(lost)} is not reachable through listener ${nameOf(listener)}: ${asked} there already belong to ` +
      `${describe(owner)}, which comes first. Give one of them an address, another port, or a protocol with SNI or HTTP hosts.`,
  });
}

/** Mongo and MySQL share a port with nothing else. */
export function reportLostPort(view: ProxyView, listener: ListenerPlan, claim: Claim): void {
  const winner = listener.chains[0]?.service;
  report(view, {
    loser: claim,
    winner,
    message:
      `${describe(claim)} gets no part of listener ${nameOf(listener)}: ${listener.protocol} of ` +
      `${winner?.hostname ?? 'another service'} came first, and a protocol in which the server speaks first cannot ` +
      'share a port with another protocol. Give one of them an address or another port.',
  });
}

/** A sniffed port takes the place of an HTTP listener on the same address. */
export function reportReplaced(view: ProxyView, listener: ListenerPlan, claim: Claim): void {
  const [loser] = listener.chains;
  if (!loser) return;
  report(view, {
    loser,
    winner: claim.service,
    message:
      `Listener ${nameOf(listener)} of ${loser.service.hostname} is replaced by ${describe(claim)}, whose protocol is not ` +
      'declared and therefore detected. Declare the protocol of both.',
  });
}

function report(
  view: ProxyView,
  conflict: {
    readonly loser: Pick<ChainPlan, 'service' | 'port'>;
    readonly winner: Service | undefined;
    readonly message: string;
  },
): void {
  const { loser, winner, message } = conflict;
  view.mesh.report({
    code: 'listener-conflict',
    severity: 'warning',
    message,
    resource: referenceOf(loser.service.origin),
    path: portPath(loser.service.origin, loser.port.number),
    ...(winner && {
      related: [{ message: `${winner.hostname} came first`, resource: referenceOf(winner.origin) }],
    }),
  });
}

const nameOf = ({ binds, port }: ListenerPlan): string => `${binds[0] ?? ''}_${port.number}`;

const describe = ({ service, port }: Pick<ChainPlan, 'service' | 'port'>): string =>
  `${service.hostname}, port ${port.number} (${port.protocol === 'Unsupported' ? 'undeclared' : port.protocol})`;
