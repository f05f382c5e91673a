import { expect, it } from 'vitest';
import type { SelectedVirtualService } from '../../../src/registry/proxy-view.ts';
import type { ReachableService } from '../../../src/translation/routes/reachable-services.ts';
import { separateHosts } from '../../../src/translation/routes/virtual-service-hosts.ts';

it('takes very many services for one wildcard', () => {
  const services = Array.from({ length: 200_000 }, (_, index) => ({ hostname: `h${index}.com` }) as ReachableService);
  const virtualService = {
    metadata: { namespace: 'default', name: 'all', annotations: {} },
    spec: { hosts: ['*.com'] },
  } as unknown as SelectedVirtualService;
  const reachable = { services, byHost: new Map(), overlapping: () => services };
  const separated = separateHosts(virtualService, reachable, () => 'default/all');
  expect(separated.services).toEqual(services);
  expect(separated.others).toEqual([]);
});
