import { forgetful, type Memory } from '../../model/memory.ts';
import { readBoolean } from '../../registry/features.ts';
import type { ProxyView } from '../../registry/proxy-view.ts';
import type { ConfigFilter, Listener } from '../../xds/types.ts';
import { buildHttpContext, type HttpContext } from '../http/http-context.ts';

/** Addresses of a listener: the first is the main one, the others are added to it. Empty: not decided yet. */
export type Binds = readonly string[];

/** What every listener of one proxy shares. Built once for a translation and handed down. */
export interface ListenerContext extends HttpContext {
  /** All addresses of the machine, in the proxy's IP families. */
  readonly wildcards: Binds;
  readonly localhosts: Binds;
  /** Of what is not HTTP: a copy, as frozen lists are slow to copy. */
  readonly outboundStatsFilters: readonly ConfigFilter[];
  /** The wildcard of the proxy's main family. */
  readonly wildcard: string;
  /** For what is too small to be remembered part by part. */
  readonly forgetting: Memory;
}

const familyBinds = {
  IPv4: { wildcards: ['0.0.0.0'], localhosts: ['127.0.0.1'] },
  IPv6: { wildcards: ['::'], localhosts: ['::1'] },
  Dual: { wildcards: ['0.0.0.0', '::'], localhosts: ['127.0.0.1', '::1'] },
} as const;

export function buildListenerContext(view: ProxyView): ListenerContext {
  const binds = familyBinds[view.proxy.ipMode];
  const context = buildHttpContext(view);
  const outboundStatsFilters = [...context.telemetry['sidecar-outbound'].statsFilters];
  // Copies come last: what begins as one is laid out anew each time, and all that asks it would be compiled again.
  const forgetting = forgetful(view.memory.report);
  return { outboundStatsFilters, wildcard: binds.wildcards[0], forgetting, ...binds, ...context };
}

/** Spreads connections evenly over Envoy's threads where the node's metadata asks for it. */
export function connectionBalance(
  { view }: ListenerContext,
  key: 'INBOUND_LISTENER_EXACT_BALANCE' | 'OUTBOUND_LISTENER_EXACT_BALANCE',
): Pick<Listener, 'connectionBalanceConfig'> {
  const value = view.proxy.metadata[key];
  const exact = typeof value === 'string' && readBoolean(value) === true;
  return exact ? { connectionBalanceConfig: { exactBalance: {} } } : {};
}
