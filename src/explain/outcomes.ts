/** What an outcome code means; the flag is the one Envoy logs as `%RESPONSE_FLAGS%`. */
export interface OutcomeDescription {
  readonly title: string;
  /** The client hears from the upstream, from the proxy as the configuration wants it, or gets an error. */
  readonly ends: 'reached' | 'answered' | 'failed';
  readonly responseFlag?: string;
  readonly text: string;
}

/**
 * Every way a connection can end, with one paragraph that says what it means and what to do.
 * A code is never renamed or reused.
 */
export const outcomes = {
  routed: {
    title: 'Routed to a cluster',
    ends: 'reached',
    text: 'A listener, and for HTTP a route, leads to a cluster that has endpoints, resolves a name or keeps the original address. All policies and telemetry that the mesh configures for the destination apply.',
  },
  'redirect-response': {
    title: 'Redirected by the proxy',
    ends: 'answered',
    text: 'The route answers with a redirect, so the proxy responds itself and contacts no upstream. The client has to follow the Location header with a new request, which is routed on its own.',
  },
  'direct-response': {
    title: 'Answered by the proxy',
    ends: 'answered',
    text: 'The route holds a fixed response, so the proxy answers itself and contacts no upstream.',
  },
  'cors-preflight': {
    title: 'CORS preflight answered by the proxy',
    ends: 'answered',
    text: 'A browser asks whether it may send the request, and the corsPolicy of the route allows its origin: the CORS filter answers 200 and contacts no upstream. The request itself follows on its own.',
  },
  'fault-aborted': {
    title: 'Aborted by an injected fault',
    ends: 'failed',
    responseFlag: 'FI',
    text: 'The route injects an abort into every request, so the proxy answers with the configured status and contacts no upstream.',
  },
  passthrough: {
    title: 'Passed through to the original address',
    ends: 'reached',
    text: 'Nothing in the configuration claims this destination, and the outbound traffic policy is ALLOW_ANY: the connection continues to the address the application asked for, through PassthroughCluster. Telemetry shows PassthroughCluster instead of a service name, and no route, retry, timeout, TLS origination, load balancing, circuit breaking or outlier detection of the mesh applies. Register the host with a ServiceEntry to regain them.',
  },
  'blackhole-http': {
    title: 'Blocked by REGISTRY_ONLY (HTTP 502)',
    ends: 'failed',
    text: 'No service is registered for the host and the outbound traffic policy is REGISTRY_ONLY. For HTTP the proxy answers 502 itself, from the virtual host block_all. Register the host with a ServiceEntry that this proxy can see.',
  },
  'blackhole-tcp': {
    title: 'Blocked by REGISTRY_ONLY (connection reset)',
    ends: 'failed',
    responseFlag: 'UH',
    text: 'No service is registered for the destination and the outbound traffic policy is REGISTRY_ONLY: the connection ends in BlackHoleCluster, which has no endpoints, and the client sees it closed right after it was opened. Register the destination with a ServiceEntry that this proxy can see; for TCP it needs addresses or a port of its own, for TLS the server name.',
  },
  'virtual-host-not-found': {
    title: 'No virtual host for the authority',
    ends: 'failed',
    responseFlag: 'NR',
    text: 'The listener leads to a route configuration in which no virtual host claims the request’s Host (or :authority), and there is no catch-all. The proxy answers 404. Compare the Host, port included, with the listed domains.',
  },
  'route-not-found': {
    title: 'No route matches',
    ends: 'failed',
    responseFlag: 'NR',
    text: 'A virtual host claims the authority, but none of its routes matches path, method, headers and query. The proxy answers 404. Add a rule without match as the last one of the VirtualService if everything else should be served.',
  },
  'route-configuration-missing': {
    title: 'Route configuration not in the snapshot',
    ends: 'failed',
    text: 'The HTTP connection manager asks for a route configuration that was not sent. Envoy does not activate the listener before the routes arrive; afterwards it answers 404.',
    responseFlag: 'NR',
  },
  'route-configuration-refused': {
    title: 'Envoy refuses the route configuration',
    ends: 'failed',
    responseFlag: 'NR',
    text: 'istiod sends the route configuration, but Envoy refuses to load it, so the listener has no routes and answers 404. The step for the virtual host says which rule it breaks.',
  },
  'partly-unavailable': {
    title: 'Some of the weighted clusters fail',
    ends: 'failed',
    text: 'Weights decide which cluster takes the connection, and not all of them can serve it: a share of the connections fails. The steps say which.',
  },
  'https-required': {
    title: 'Redirected to HTTPS',
    ends: 'answered',
    text: 'The virtual host requires TLS and the request came in plain text, so the proxy answers 301 with the same address under https.',
  },
  'path-refused': {
    title: 'The path is refused',
    ends: 'failed',
    text: 'The path holds escaped slashes or cannot be normalised, and the connection manager is told to answer such requests itself.',
  },
  'cluster-not-found': {
    title: 'The cluster does not exist',
    ends: 'failed',
    responseFlag: 'NC',
    text: 'The route or the TCP proxy names a cluster that this proxy did not get: the host, port or subset is not registered, or is not visible to this proxy. HTTP requests get 503, TCP connections are closed.',
  },
  'cluster-refused': {
    title: 'Envoy refuses the cluster',
    ends: 'failed',
    responseFlag: 'NC',
    text: 'istiod sends the cluster, but Envoy refuses to load it, so it is missing when the request arrives. HTTP requests get 503, TCP connections are closed. The step for the cluster says which rule it breaks.',
  },
  'no-healthy-upstream': {
    title: 'The cluster has no endpoints',
    ends: 'failed',
    responseFlag: 'UH',
    text: 'The cluster exists but has no endpoint to send to: nothing selects one, the endpoints are unhealthy, or all of them are excluded. HTTP requests get 503, TCP connections are closed.',
  },
  'no-listener': {
    title: 'No listener takes the connection',
    ends: 'failed',
    text: 'The snapshot has no listener for this address and port, and no catch-all behind the interception. The connection is refused.',
  },
  'proxy-protocol-missing': {
    title: 'PROXY protocol expected',
    ends: 'failed',
    text: 'A listener filter expects a PROXY protocol header before the first byte, and the client sends none: Envoy closes the connection. Put the load balancer that adds the header in front, or remove the filter.',
  },
  'no-filter-chain': {
    title: 'No filter chain matches',
    ends: 'failed',
    responseFlag: 'NR',
    text: 'The listener has filter chains, none of them matches the connection, and there is no default one. Envoy closes the connection.',
  },
  'sni-missing': {
    title: 'TLS without a server name',
    ends: 'failed',
    responseFlag: 'NR',
    text: 'The listener chooses by the server name of the TLS ClientHello (SNI), and the client sent none. Envoy closes the connection. Clients that connect to an IP address send no server name.',
  },
  'sni-not-matched': {
    title: 'The server name matches no filter chain',
    ends: 'failed',
    responseFlag: 'NR',
    text: 'The listener chooses by the server name of the TLS ClientHello (SNI), and no filter chain accepts the one that was sent. Envoy closes the connection. List the name under hosts of a ServiceEntry or sniHosts of a VirtualService.',
  },
  'tls-to-http': {
    title: 'TLS sent where HTTP is expected',
    ends: 'failed',
    responseFlag: 'DPE',
    text: 'The client opened with TLS, but the port is declared as plain HTTP and the bytes reach an HTTP connection manager that cannot decrypt them. Envoy closes the connection; the client reports a wrong version number. Declare the port as TLS or HTTPS, or let the application speak plain HTTP and the proxy originate TLS.',
  },
  'not-http': {
    title: 'Something else sent where HTTP is expected',
    ends: 'failed',
    responseFlag: 'DPE',
    text: 'The bytes are not HTTP, but the port is declared as HTTP and they reach an HTTP connection manager. Envoy answers 400 or closes the connection. Declare the port as TCP.',
  },
  'plaintext-to-tls': {
    title: 'Plain text sent where TLS is expected',
    ends: 'failed',
    text: 'The filter chain ends TLS, but the client did not start it: the handshake fails and the connection is closed.',
  },
  'double-tls': {
    title: 'TLS inside TLS',
    ends: 'failed',
    text: 'The application already speaks TLS, and the cluster originates TLS again. The server decrypts the outer layer and finds a TLS ClientHello where it expects the protocol. Let the application speak plain text to this port, or remove the tls settings from the DestinationRule.',
  },
  'non-forwarding': {
    title: 'The route forwards nothing',
    ends: 'failed',
    text: 'The route is declared for inbound or proxyless use and does not forward. Envoy answers 404.',
    responseFlag: 'NR',
  },
  'hop-limit': {
    title: 'Too many hops',
    ends: 'failed',
    text: 'The connection passes from one internal listener to the next without an end.',
  },
} as const satisfies Readonly<Record<string, OutcomeDescription>>;

/** How a connection ends. */
export type OutcomeCode = keyof typeof outcomes;
