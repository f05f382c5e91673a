import type { ResourceOf } from '../model/resource.ts';
import { completeVirtualService } from '../registry/virtual-services/complete-virtual-service.ts';

export interface GatewayReference {
  /** `namespace/name` */
  readonly gateway: string;
  readonly path: string;
}

/** The Gateways that a VirtualService is bound to; `mesh` is none. */
export function listGatewayReferences({ metadata, spec }: ResourceOf<'VirtualService'>): readonly GatewayReference[] {
  const { gateways = [] } = completeVirtualService({ gateways: spec.gateways ?? [] }, metadata.namespace);
  return gateways.flatMap((gateway, index) =>
    gateway === 'mesh' ? [] : [{ gateway, path: `spec.gateways[${index}]` }],
  );
}
