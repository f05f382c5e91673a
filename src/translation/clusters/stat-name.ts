import { expandStatName, type StatNameSubject } from '../../model/stat-name.ts';

export interface StatNameInput extends StatNameSubject {
  /** `outboundClusterStatName` or `inboundClusterStatName` of the mesh. */
  readonly pattern: string | undefined;
  readonly clusterName: string;
}

/** The name in statistics. The semicolon keeps Envoy from taking the host name's dots apart. */
export function buildStatName(input: StatNameInput): string {
  return `${input.pattern ? expandStatName(input.pattern, input) : input.clusterName};`;
}
