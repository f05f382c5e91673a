import type { Service } from '../../../model/service.ts';
import { expandStatName } from '../../../model/stat-name.ts';
import type { ListenerContext } from '../listener-context.ts';

export interface StatPrefixInput {
  readonly cluster: string;
  readonly subject: Pick<Service, 'hostname' | 'name' | 'namespace' | 'registry'>;
  readonly port: { readonly number: number; readonly name: string };
}

/** Of a TCP proxy that takes a service's traffic. Unlike elsewhere, istiod leaves `%TARGET_PORT%` as it stands here. */
export function inboundStatPrefix({ view }: ListenerContext, { cluster, subject, port }: StatPrefixInput): string {
  const { inboundClusterStatName: pattern } = view.mesh.configuration;
  if (!pattern) return cluster;
  return pattern
    .split('%TARGET_PORT%')
    .map((part) => expandStatName(part, { service: subject, port }))
    .join('%TARGET_PORT%');
}
