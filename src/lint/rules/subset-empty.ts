import type { Endpoint } from '../../model/endpoint.ts';
import { hasLabels } from '../../registry/labels.ts';
import { joinWords } from '../applied-policy.ts';
import type { Finding, Rule } from '../rule.ts';

export const subsetEmpty: Rule = {
  code: 'subset-empty',
  severity: 'warning',
  seeAlso: ['KIA0203'],
  documentation:
    'A subset is made of the endpoints that have its labels. Where none has, requests that a route sends to it are answered with 503: UH (no healthy upstream) where istiod sends the endpoints, NC where Envoy looks them up by DNS, because istiod then sends no cluster. Labels of an entry’s endpoints stand in spec.endpoints[].labels; an entry without endpoints has one, without labels.',
  fromProxy: (look) =>
    look.view.knownHosts.flatMap(({ service, outboundRule: rule }): readonly Finding[] => {
      const selects = ['client-side', 'dns', 'dns-round-robin'].includes(service.resolution);
      if (!rule?.spec.subsets?.length || !selects) return [];
      const endpoints = service.ports.flatMap((port) => look.mesh.endpointsOf(service, port));
      if (endpoints.length === 0) return [];
      return rule.spec.subsets.flatMap((subset) => {
        const labels = subset.labels ?? {};
        if (endpoints.some((endpoint) => hasLabels(endpoint.workload.labels, labels))) return [];
        const resource = look.sourcesOf(rule).find(({ spec }) => spec.subsets?.includes(subset));
        if (!resource) return [];
        const wanted = joinWords(Object.entries(labels).map(([key, value]) => `${key}=${value}`));
        const flag = service.resolution === 'client-side' ? 'UH' : 'NC';
        return [
          {
            resource,
            path: `spec.subsets[${resource.spec.subsets?.indexOf(subset)}]`,
            message: `No endpoint of ${service.hostname} has the labels ${wanted}: what is routed to subset "${subset.name}" is answered with 503 (${flag}). ${hintFor(endpoints)}`,
          },
        ];
      });
    }),
};

function hintFor(endpoints: readonly Endpoint[]): string {
  const sets = endpoints.map(({ workload: { labels } }) =>
    Object.entries(labels).filter(([key]) => !key.includes('topology')),
  );
  const some = sets.find((set) => set.length > 0);
  return some
    ? `Endpoints have, for example, ${some
        .slice(0, 3)
        .map(([key, value]) => `${key}=${value}`)
        .join(', ')}.`
    : 'Give its endpoints the labels.';
}
