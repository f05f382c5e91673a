import { buildSniName, outboundName } from './resource-name.ts';

/** Names of outbound clusters. What stands before the host is the same for many, and put together once. */
export class OutboundNames {
  readonly #beginnings = new Map<number, string>();
  readonly #sniBeginnings = new Map<number, string>();

  /** `outbound|443||example.com` */
  of(hostname: string, port: number, subset = ''): string {
    if (subset !== '') return outboundName(hostname, port, subset);
    let beginning = this.#beginnings.get(port);
    if (beginning === undefined) {
      beginning = outboundName('', port);
      this.#beginnings.set(port, beginning);
    }
    return beginning + hostname;
  }

  /** `outbound_.443_._.example.com` */
  sniOf(hostname: string, port: number, subset = ''): string {
    if (subset !== '') return buildSniName({ direction: 'outbound', port, subset, hostname });
    let beginning = this.#sniBeginnings.get(port);
    if (beginning === undefined) {
      beginning = buildSniName({ direction: 'outbound', port, subset, hostname: '' });
      this.#sniBeginnings.set(port, beginning);
    }
    return beginning + hostname;
  }
}
