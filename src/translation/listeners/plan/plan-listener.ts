import { isHttp, isTcp, type Protocol } from '../../../model/protocol.ts';
import type { ListenerContext } from '../listener-context.ts';
import { reportLostPort, reportReplaced } from './conflict-diagnostics.ts';
import type { ListenerClaims, ListenerPlan, PlacedClaim } from './outbound-plan.ts';
import { shareChains } from './share-chains.ts';

/**
 * Decides who shares a listener. Services share it where filter chains can tell them apart; otherwise the one that came
 * first keeps it. Source: istio `listener.go`, buildSidecarOutboundListener.
 */
export function planListener(context: ListenerContext, { claims }: ListenerClaims): ListenerPlan | undefined {
  let sharing: Sharing | undefined;
  for (const claim of claims) {
    if (!sharing) {
      sharing = open(context, claim);
      continue;
    }
    if (isLocked(context, sharing.opener.egress, claim.egress)) continue;
    const decision = decide(context, sharing, claim);
    if (decision === 'joins') join(sharing, claim);
    if (decision !== 'takes over') continue;
    // What was lost before was lost for nothing, and is said all the same.
    finish(context, sharing);
    const { protocol } = claim.port;
    sharing = { opener: claim, joined: [claim], protocol: isHttp(protocol) ? protocol : 'Unsupported' };
  }
  return sharing && finish(context, sharing);
}

/** Those that share a listener. */
interface Sharing {
  readonly opener: PlacedClaim;
  /** All of them, the opener first. */
  readonly joined: PlacedClaim[];
  /** The opener's; `Unsupported` once HTTP and TCP share the listener. */
  protocol: Protocol;
}

function finish(context: ListenerContext, { opener, joined, protocol }: Sharing): ListenerPlan {
  const { port, binds, bindToPort } = opener;
  return { port, binds, bindToPort, protocol, chains: shareChains(context, opener, joined) };
}

/** The egress listeners with a port come first; a catch-all one adds nothing to the ports that they took. */
function isLocked({ view }: ListenerContext, since: number, egress: number): boolean {
  if (since === egress) return false;
  const later = view.egressListeners.slice(since + 1, egress + 1);
  return later.some(({ configuration }) => !configuration?.port);
}

function open(context: ListenerContext, claim: PlacedClaim): Sharing {
  const { protocol } = claim.port;
  // What is neither HTTP nor a service's passes through: the listener is no longer one of HTTP alone.
  const sniffed = isHttp(protocol) && protocol !== 'HTTP_PROXY' && claim.binds[0] === context.wildcard;
  return { opener: claim, joined: [claim], protocol: sniffed ? 'Unsupported' : protocol };
}

/** What becomes of one more that claims the listener. */
function decide(context: ListenerContext, current: Sharing, claim: PlacedClaim): 'joins' | 'stays out' | 'takes over' {
  const { protocol } = claim.port;
  if (protocol === 'HTTP_PROXY') return 'takes over';
  if (isTcp(current.protocol) || isTcp(protocol)) return mayShare(context, current, claim) ? 'joins' : 'stays out';
  if (isHttp(protocol) || !isHttp(current.protocol) || !mayShare(context, current, claim)) return 'stays out';
  reportReplaced(context.view, current.opener, claim);
  return 'takes over';
}

function join(current: Sharing, claim: PlacedClaim): void {
  const { protocol } = claim.port;
  current.joined.push(claim);
  const mixed = isHttp(protocol) !== isHttp(current.protocol) || !isTcp(protocol);
  if (mixed) current.protocol = 'Unsupported';
}

/** Database protocols in which the server speaks first suffer no inspector: they share a port with their own kind only. */
function mayShare({ view }: ListenerContext, { opener, protocol: current }: Sharing, claim: PlacedClaim): boolean {
  const { protocol } = claim.port;
  const serverFirst = isServerFirst(protocol) || isServerFirst(current);
  if (!serverFirst || protocol === current) return true;
  reportLostPort(view, { opener, protocol: current }, claim);
  return false;
}

function isServerFirst(protocol: Protocol): boolean {
  return protocol === 'Mongo' || protocol === 'MySQL';
}
