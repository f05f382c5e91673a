import type { Rule } from '../rule.ts';

export const workloadSelectorIgnored: Rule = {
  code: 'workload-selector-ignored',
  severity: 'warning',
  documentation:
    'spec.workloadSelector makes pods and WorkloadEntries endpoints of the entry. With resolution NONE (the default) Envoy does not ask for endpoints: it connects to the address that the client chose. With DYNAMIC_DNS it looks up the name. Set resolution STATIC.',
  inMesh: ({ written }) =>
    written('ServiceEntry').flatMap((entry) => {
      const { workloadSelector, resolution = 'NONE', hosts = [] } = entry.spec;
      if (!workloadSelector || (resolution !== 'NONE' && resolution !== 'DYNAMIC_DNS')) return [];
      const does = resolution === 'NONE' ? 'connects to the address that the client chose' : 'looks up the name';
      return [
        {
          resource: entry,
          path: 'spec.workloadSelector',
          message: `With resolution ${resolution} Envoy ${does}: the workloads that the selector finds never get a connection to ${hosts.join(', ') || 'it'}. Set resolution STATIC.`,
        },
      ];
    }),
};
