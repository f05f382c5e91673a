import { nearestName } from '../../model/nearest-name.ts';
import { referenceOf, resourceKey } from '../../model/resource.ts';
import type { Mesh } from '../mesh.ts';
import { completeVirtualService } from '../virtual-services/complete-virtual-service.ts';

/** A VirtualService may name any gateway: where none has that name, istiod leaves its rules out without a word. */
export function reportUnknownGateways({ resources, report }: Mesh): void {
  const known = new Set(resources.Gateway.map(({ metadata }) => resourceKey(metadata)));
  for (const virtualService of resources.VirtualService) {
    const { metadata, spec } = virtualService;
    const { gateways = [] } = completeVirtualService({ gateways: spec.gateways ?? [] }, metadata.namespace);
    gateways.forEach((gateway, index) => {
      if (gateway === 'mesh' || known.has(gateway)) return;
      const near = findNear(gateway, [...known]);
      report({
        code: 'gateway-unknown',
        severity: 'warning',
        message: `There is no Gateway ${gateway}, so no gateway has these rules by that name.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
        resource: referenceOf(virtualService),
        path: `spec.gateways[${index}]`,
      });
    });
  }
}

/** Mostly only the namespace is missing or another. */
function findNear(gateway: string, known: readonly string[]): string | undefined {
  const [, name = ''] = gateway.split('/');
  return known.find((key) => key.endsWith(`/${name}`)) ?? nearestName(gateway, known);
}
