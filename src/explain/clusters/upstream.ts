/** How the connection reaches the cluster. */
export interface Upstream {
  readonly layer: 'http' | 'tcp';
  /** `name:port` that a dynamic forward proxy would resolve. */
  readonly name?: string;
  /** The request after the route has changed it. */
  readonly http?: ForwardedHttp;
}

export interface ForwardedHttp {
  readonly host: string;
  /** With the query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}
