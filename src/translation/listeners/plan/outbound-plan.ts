import type { RouteDestination } from '../../../model/istio/virtual-service.ts';
import type { Protocol } from '../../../model/protocol.ts';
import type { Metadata } from '../../../model/resource.ts';
import type { Port, Service } from '../../../model/service.ts';
import type { Binds } from '../listener-context.ts';

/** What a connection must look like to take a filter chain; what is absent is not asked. */
export interface ChainMatch {
  readonly serverNames?: readonly string[];
  readonly destinationRanges?: readonly string[];
  readonly applicationProtocols?: readonly string[];
  readonly transportProtocol?: string;
}

/** Where a chain leads: to the routes of a connection manager, to one service, or where a VirtualService's route says. */
export type ChainTarget =
  | { readonly kind: 'http'; readonly routeName: string; readonly protocol: Protocol }
  | { readonly kind: 'service' }
  | {
      readonly kind: 'routes';
      readonly routes: readonly RouteDestination[];
      readonly virtualService: Metadata;
    };

/** A filter chain that a service claims on a listener. */
export interface ChainPlan {
  readonly service: Service;
  /** The listener's port as this service sees it: its protocol decides on database filters. */
  readonly port: Port;
  readonly match: ChainMatch;
  readonly target: ChainTarget;
  /** The VirtualService that the chain's metadata names. */
  readonly configuration: Metadata | undefined;
  /** What tells it apart from others of its listener (see chainKey). */
  readonly key: string;
}

/** A listener that will exist, with everything that claims it. */
export interface ListenerPlan {
  readonly port: Port;
  readonly binds: Binds;
  /** A real socket, or only a name by which the listener on 15001 finds it. */
  readonly bindToPort: boolean;
  /** Of the service that came first; `Unsupported` once HTTP and TCP share the listener and the protocol is sniffed. */
  readonly protocol: Protocol;
  readonly chains: readonly ChainPlan[];
}

/** What one service wants on one port. */
export interface Claim {
  readonly service: Service;
  readonly port: Port;
  readonly binds: Binds;
  readonly bindToPort: boolean;
  /** Position of the egress listener that it comes from. */
  readonly egress: number;
}

/** A claim that has found its place, with the chains it would bring. */
export interface PlacedClaim extends Claim {
  /** The address and port of the listener that it is a part of. */
  readonly place: string;
  /** Without that of HTTP, or what may be HTTP: most claims of HTTP find one. */
  readonly networkChains: readonly ChainPlan[];
}

/** All that claims one address and port, in order. */
export interface ListenerClaims {
  readonly claims: readonly PlacedClaim[];
}
