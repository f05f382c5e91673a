import { portPath } from '../../../model/port-path.ts';
import type { Protocol } from '../../../model/protocol.ts';
import { referenceOf } from '../../../model/resource.ts';
import type { Service } from '../../../model/service.ts';
import type { ProxyView } from '../../../registry/proxy-view.ts';
import type { ChainPlan, Claim, PlacedClaim } from './outbound-plan.ts';

export interface LostChain {
  /** The one whose claim the listener began with. */
  readonly opener: PlacedClaim;
  readonly lost: ChainPlan;
  readonly owner: ChainPlan;
}

/** One chain of a service matches what an earlier service's chain matches already: Envoy would refuse both together. */
export function reportLostChain(view: ProxyView, { opener, lost, owner }: LostChain): void {
  const names = lost.match.serverNames ?? [];
  const asked = names.length > 0 ? `connections for ${names.join(', ')}` : 'connections that nothing tells apart';
  report(view, {
    loser: lost,
    winner: owner.service,
    message:
      `${describe(lost)} is not reachable through listener ${nameOf(opener)}: ${asked} there already belong to ` +
      `${describe(owner)}, which comes first. Give one of them an address, another port, or a protocol with SNI or HTTP hosts.`,
  });
}

/** Mongo and MySQL share a port with nothing else. */
export function reportLostPort(
  view: ProxyView,
  { opener, protocol }: { readonly opener: PlacedClaim; readonly protocol: Protocol },
  claim: Claim,
): void {
  const winner = opener.service;
  report(view, {
    loser: claim,
    winner,
    message:
      `${describe(claim)} gets no part of listener ${nameOf(opener)}: ${protocol} of ` +
      `${winner.hostname} came first, and a protocol in which the server speaks first cannot ` +
      'share a port with another protocol. Give one of them an address or another port.',
  });
}

/** A sniffed port takes the place of an HTTP listener on the same address. */
export function reportReplaced(view: ProxyView, loser: PlacedClaim, claim: Claim): void {
  report(view, {
    loser,
    winner: claim.service,
    message:
      `Listener ${nameOf(loser)} of ${loser.service.hostname} is replaced by ${describe(claim)}, whose protocol is not ` +
      'declared and therefore detected. Declare the protocol of both.',
  });
}

function report(
  view: ProxyView,
  conflict: {
    readonly loser: Pick<ChainPlan, 'service' | 'port'>;
    readonly winner: Service;
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
    related: [{ message: `${winner.hostname} came first`, resource: referenceOf(winner.origin) }],
  });
}

const nameOf = ({ binds, port }: PlacedClaim): string => `${binds[0] ?? ''}_${port.number}`;

const describe = ({ service, port }: Pick<ChainPlan, 'service' | 'port'>): string =>
  `${service.hostname}, port ${port.number} (${port.protocol === 'Unsupported' ? 'undeclared' : port.protocol})`;
