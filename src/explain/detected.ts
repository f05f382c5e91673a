/** What a filter chain is chosen by, besides the addresses. */
export interface Detected {
  readonly transportProtocol: 'tls' | 'raw_buffer';
  readonly serverName?: string;
  readonly applicationProtocols: readonly string[];
}
