/** How the connection reaches the cluster. */
export interface Upstream {
  readonly layer: 'http' | 'tcp';
  /** `name:port` that a dynamic forward proxy would resolve. */
  readonly name?: string;
}
