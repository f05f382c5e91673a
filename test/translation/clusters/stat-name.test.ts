import { expect, it } from 'vitest';
import { buildStatName } from '../../../src/translation/clusters/stat-name.ts';

const port = { name: 'http', number: 80, protocol: 'HTTP' } as const;
const service = { hostname: 'a.prod.svc.cluster.local', name: 'a', namespace: 'prod', registry: 'Kubernetes' } as const;
const clusterName = 'outbound|80|v1|a.prod.svc.cluster.local';

it('is the cluster’s name unless the mesh has a pattern', () => {
  expect(buildStatName({ pattern: undefined, clusterName, service, port })).toBe(`${clusterName};`);
});

it('fills every placeholder of a pattern', () => {
  const pattern =
    '%SERVICE%/%SERVICE_NAME%/%SERVICE_FQDN%/%SERVICE_PORT%/%SERVICE_PORT_NAME%/%SUBSET_NAME%/%TARGET_PORT%';
  expect(buildStatName({ pattern, clusterName, service, port, subset: 'v1', targetPort: 8080 })).toBe(
    'a.prod/a/a.prod.svc.cluster.local/80/http/v1/8080;',
  );
});

it('names what no Service stands behind by its host alone', () => {
  const external = { ...service, registry: 'External' } as const;
  expect(buildStatName({ pattern: '%SERVICE%|%SERVICE_NAME%', clusterName, service: external, port })).toBe(
    'a.prod.svc.cluster.local|a.prod.svc.cluster.local;',
  );
});
