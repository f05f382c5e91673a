import { isHttp } from '../../../model/protocol.ts';
import { frozen } from '../../../xds/frozen.ts';
import type { ListenerContext } from '../listener-context.ts';
import { chainKey } from './chain-conflict.ts';
import type { ChainMatch, ChainPlan, ChainTarget, Claim } from './outbound-plan.ts';
import { routeNameOf } from './route-name.ts';

/** Every connection. */
export const anything: ChainMatch = frozen({});
/** Plain HTTP that the HTTP inspector recognises; what Istio sends as HTTP/1.0 passes as TCP. */
const sniffedHttp: ChainMatch = frozen({
  applicationProtocols: ['http/1.1', 'h2c'],
  transportProtocol: 'raw_buffer',
});

/** To the service that claims the chain. */
export const toService: ChainTarget = frozen({ kind: 'service' });

export function planChain(
  { service, port }: Pick<Claim, 'service' | 'port'>,
  { match, target, configuration }: Pick<ChainPlan, 'match' | 'target'> & Partial<Pick<ChainPlan, 'configuration'>>,
): ChainPlan {
  return { service, port, match, target, configuration, key: chainKey(match) };
}

/** HTTP on an address of its own, and that of a forward proxy, needs no telling apart. */
export function planHttpChain(context: ListenerContext, claim: Claim): ChainPlan {
  const { port, binds } = claim;
  const { protocol } = port;
  const isAlone = protocol === 'HTTP_PROXY' || (isHttp(protocol) && binds[0] !== context.wildcard);
  return planChain(claim, {
    match: isAlone ? anything : sniffedHttp,
    target: { kind: 'http', routeName: routeNameOf(context, claim), protocol },
  });
}
