/** What an application's DNS lookup returns. */
export type Resolution = {
  readonly host: string;
  /** One sentence. */
  readonly reason: string;
} & (
  | {
      /** The agent beside the proxy knows the name. */
      readonly answeredBy: 'proxy';
      readonly addresses: readonly string[];
      /** The entry of the name table that answers. */
      readonly name: string;
    }
  | {
      /** The cluster's own DNS answers with the addresses of a Kubernetes Service. */
      readonly answeredBy: 'cluster';
      readonly addresses: readonly string[];
      readonly name: string;
    }
  | {
      /** The question goes on to the resolver of the pod, whose answer the configuration does not tell. */ readonly answeredBy: 'upstream';
    }
  | { /** The host is an address already. */ readonly answeredBy: 'nobody'; readonly addresses: readonly string[] }
);
