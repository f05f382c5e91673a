import { listPorts } from '../applied-policy.ts';
import type { Rule } from '../rule.ts';

export const failoverWithoutOutlierDetection: Rule = {
  code: 'failover-without-outlier-detection',
  severity: 'warning',
  documentation:
    'Locality failover ranks endpoints by distance, and Envoy goes on to the next rank when those of the nearer one are unhealthy. Outlier detection is what finds out. Without it istiod does not rank at all: traffic is spread over all localities, near and far. Add outlierDetection beside loadBalancer (in the same portLevelSettings or subset, if it stands there).',
  fromProxy: (look) =>
    look.policies.flatMap(({ service, ports, resource, path, settings, effective, clusters }) => {
      const setting = settings.loadBalancer?.localityLbSetting;
      const fails = Boolean(setting?.failover?.length || setting?.failoverPriority?.length);
      if (!fails || setting?.enabled === false || setting?.distribute?.length || effective.outlierDetection) return [];
      if (!clusters.some((name) => ['EDS', 'STRICT_DNS'].includes(look.cluster(name)?.type ?? ''))) return [];
      const field = setting?.failoverPriority?.length ? 'failoverPriority' : 'failover';
      return [
        {
          resource,
          path: `${path}.loadBalancer.localityLbSetting.${field}`,
          message: `${field} has no effect for ${service.hostname}, ${listPorts(ports)}: without outlierDetection nothing finds out that endpoints have failed, and istiod does not rank them. Add outlierDetection.`,
        },
      ];
    }),
};
