export interface CauseDescription {
  readonly title: string;
  readonly text: string;
}

/**
 * What made a connection fall through to what the proxy does with unknown traffic. The outcome says how it ends
 * (passed through, blocked), the cause why nothing else took it. A code is never renamed or reused.
 */
export const causes = {
  'port-not-registered': {
    title: 'No service on this port',
    text: 'No service that this proxy sees has the port, at this address or without one, so no listener takes the connection. A port is registered by listing it under ports of a ServiceEntry.',
  },
  'address-not-registered': {
    title: 'No service at this address',
    text: 'The port has filter chains, but for other addresses. Services without a host name in the protocol are told apart by address: give the ServiceEntry the address, or let the DNS proxy hand out a virtual one.',
  },
  'host-not-registered': {
    title: 'The Host belongs to no service',
    text: 'The port is registered for HTTP, but no service that this proxy sees claims the request’s Host (or :authority). Compare the name with hosts of the ServiceEntry, and look at exportTo and at the Sidecar that may hide it.',
  },
  'server-name-not-registered': {
    title: 'The server name belongs to no service',
    text: 'The port is registered for TLS, where connections are told apart by the server name of the ClientHello (SNI), and no service that this proxy sees claims the one that was sent.',
  },
  'server-name-missing': {
    title: 'TLS without a server name',
    text: 'The port is registered for TLS, where connections are told apart by the server name of the ClientHello (SNI), and the client sent none. Clients that connect to an IP address send none.',
  },
  'tls-on-http-port': {
    title: 'TLS on a port that is registered for HTTP',
    text: 'The client speaks TLS, but every service on the port is declared as HTTP, whose filter chains take only plain text. Declare the port as TLS if the application encrypts itself, or let it speak plain HTTP and the proxy start TLS.',
  },
  'plaintext-on-tls-port': {
    title: 'Plain text on a port that is registered for TLS',
    text: 'The client speaks plain text, but every service on the port is declared as TLS or HTTPS, whose filter chains ask for a server name. To let the proxy start TLS, declare the port as HTTP and add a DestinationRule.',
  },
  'not-http-on-http-port': {
    title: 'Something else on a port that is registered for HTTP',
    text: 'The first bytes are not HTTP, but every service on the port is declared as HTTP. Declare the port as TCP.',
  },
} as const satisfies Readonly<Record<string, CauseDescription>>;

export type CauseCode = keyof typeof causes;
