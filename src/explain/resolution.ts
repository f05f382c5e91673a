/** What an application's DNS lookup returns. */
export type Resolution = {
  readonly host: string;
  /** One sentence. */
  readonly reason: string;
} & (
  | {
      /** The sidecar's DNS proxy knows the name. */
      readonly answeredBy: 'proxy';
      readonly addresses: readonly string[];
      /** The entry of the name table that answers. */
      readonly name: string;
    }
  | { /** The question goes on to the resolver of the pod. */ readonly answeredBy: 'upstream' }
  | { /** The host is an address already. */ readonly answeredBy: 'nobody'; readonly addresses: readonly string[] }
);
