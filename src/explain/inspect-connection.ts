import type { Listener, ListenerFilter, ListenerFilterChainMatchPredicate } from '../xds/types.ts';
import type { Detected } from './detected.ts';
import type { Explanation, ListenerFiltersStep, RejectedCandidate } from './explanation.ts';
import { selectFilterChain } from './filter-chains/select-filter-chain.ts';
import type { Connection } from './request.ts';
import { end, precede, type Walk } from './walk.ts';

type FilterKind = 'tls-inspector' | 'http-inspector' | 'proxy-protocol' | 'original-destination' | 'other';

/**
 * The listener filters read the first bytes before a filter chain is chosen. Those of the listener that intercepted
 * the connection run first.
 */
export function inspectConnection(walk: Walk, listener: Listener, before: readonly ListenerFilter[]): Explanation {
  const { connection } = walk;
  const filters = [...before, ...(listener.listenerFilters ?? [])];
  const active = filters.filter((filter) => !isDisabled(filter.filterDisabled, connection.port));
  const notes = waitingNotes(listener, active, connection);
  const detected = detect(active, connection);
  const step: ListenerFiltersStep = {
    kind: 'listener-filters',
    ...(active.length > 0 && { chosen: active.map(({ name }) => shortName(name)).join(', ') }),
    reason: reasonFor(detected, active, connection),
    rejected: rejectFilters(filters, active, connection.port),
    notes,
    ...detected,
  };
  if (active.some(requiresProxyProtocol)) return end('proxy-protocol-missing', [step]);
  return precede(step, {}, selectFilterChain(withServerName(walk, detected), listener, detected));
}

function withServerName(walk: Walk, { serverName }: Detected): Walk {
  return serverName === undefined ? walk : { ...walk, serverName };
}

/** Its filters run before the connection is handed on to the listener of its destination, and may close it. */
export function closesEarly({ connection }: Walk, { listenerFilters = [] }: Listener): boolean {
  return listenerFilters.some(
    (filter) => requiresProxyProtocol(filter) && !isDisabled(filter.filterDisabled, connection.port),
  );
}

/** Each inspector sees what the ones before it found: bytes known as TLS are not searched for HTTP. */
function detect(filters: readonly ListenerFilter[], connection: Connection): Detected {
  let detected: Detected = { transportProtocol: 'raw_buffer', applicationProtocols: [] };
  for (const filter of filters) {
    const kind = kindOf(filter);
    if (kind === 'tls-inspector' && connection.tls) {
      detected = {
        transportProtocol: 'tls',
        applicationProtocols: connection.alpn,
        ...(connection.sni !== undefined && { serverName: connection.sni }),
      };
    } else if (kind === 'http-inspector' && !connection.tls && connection.protocol !== 'tcp') {
      detected = { ...detected, applicationProtocols: [connection.protocol === 'http2' ? 'h2c' : 'http/1.1'] };
    }
  }
  return detected;
}

function reasonFor(detected: Detected, active: readonly ListenerFilter[], { tls, protocol }: Connection): string {
  const kinds = new Set(active.map(kindOf));
  if (detected.transportProtocol === 'tls') {
    const name = detected.serverName === undefined ? 'no server name' : `the server name ${detected.serverName}`;
    const offered =
      detected.applicationProtocols.length === 0
        ? 'no application protocol'
        : `the application protocols ${detected.applicationProtocols.join(', ')}`;
    return `The TLS inspector finds a ClientHello with ${name} and ${offered}.`;
  }
  if (active.length === 0) return 'No listener filter looks at the bytes.';
  if (tls) return 'No TLS inspector looks at the bytes, so the ClientHello counts as plain bytes.';
  if (detected.applicationProtocols.length > 0)
    return `The HTTP inspector finds ${protocol === 'http2' ? 'the preface of HTTP/2' : 'an HTTP/1.1 request'}.`;
  if (protocol !== 'tcp') return 'No HTTP inspector looks at the bytes, so they count as plain bytes.';
  if (kinds.has('tls-inspector') || kinds.has('http-inspector')) return 'The first bytes are neither TLS nor HTTP.';
  return 'Nothing looks at the bytes.';
}

/** What an inspector costs a client that waits for the server to speak first. */
function waitingNotes(
  { listenerFiltersTimeout, continueOnListenerFiltersTimeout }: Listener,
  active: readonly ListenerFilter[],
  { tls, protocol }: Connection,
): readonly string[] {
  const inspects = active.some((filter) => ['tls-inspector', 'http-inspector'].includes(kindOf(filter)));
  if (!inspects || tls || protocol !== 'tcp') return [];
  const timeout = listenerFiltersTimeout ?? '15s';
  if (/^0(\.0+)?s$/.test(timeout))
    return [
      'The inspectors wait for the client’s first bytes without a limit: a protocol in which the server speaks first (MySQL, SMTP, FTP) hangs here.',
    ];
  return [
    `If the client sends nothing for ${timeout} (the server speaks first, as in MySQL), ${
      continueOnListenerFiltersTimeout ? 'the connection goes on as plain bytes' : 'the connection is closed'
    }.`,
  ];
}

function rejectFilters(
  filters: readonly ListenerFilter[],
  active: readonly ListenerFilter[],
  port: number,
): readonly RejectedCandidate[] {
  return filters
    .filter((filter) => !active.includes(filter))
    .map(({ name }) => ({ name: shortName(name), reason: `It is disabled for port ${port}.` }));
}

/** The range's end does not belong to it. */
function isDisabled(predicate: ListenerFilterChainMatchPredicate | undefined, port: number): boolean {
  if (!predicate) return false;
  const { destinationPortRange: range, anyMatch, notMatch, orMatch, andMatch } = predicate;
  if (range) return port >= (range.start ?? 0) && port < (range.end ?? 0);
  if (notMatch) return !isDisabled(notMatch, port);
  if (orMatch) return orMatch.rules.some((rule) => isDisabled(rule, port));
  if (andMatch) return andMatch.rules.every((rule) => isDisabled(rule, port));
  return anyMatch === true;
}

function requiresProxyProtocol({ name, typedConfig }: ListenerFilter): boolean {
  if (kindOf({ name, ...(typedConfig && { typedConfig }) }) !== 'proxy-protocol') return false;
  return (
    (typedConfig as { readonly allowRequestsWithoutProxyProtocol?: boolean } | undefined)
      ?.allowRequestsWithoutProxyProtocol !== true
  );
}

function kindOf({ name, typedConfig }: ListenerFilter): FilterKind {
  const type = typedConfig?.['@type'] ?? name;
  if (/tls_inspector/.test(type)) return 'tls-inspector';
  if (/http_inspector/.test(type)) return 'http-inspector';
  if (/proxy_protocol/.test(type)) return 'proxy-protocol';
  return /original_dst/.test(type) ? 'original-destination' : 'other';
}

function shortName(name: string): string {
  return name.replace(/^envoy\.filters\.listener\./, '');
}
