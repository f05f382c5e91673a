import type { ResourceOf } from '../../model/resource.ts';
import type { Finding, Rule } from '../rule.ts';

export const routeWeights: Rule = {
  code: 'route-weights',
  severity: 'warning',
  seeAlso: ['KIA1104'],
  documentation:
    'Weights are shares of their sum, not percent: 80 and 10 send 88.9 % and 11.1 %. A destination without a weight, beside others that have one, has weight 0 and gets nothing. The weight of a single destination does not matter: `weight: 10` alone takes all the traffic. Give every destination its weight, and let them add up to 100.',
  inMesh: ({ written }) => written('VirtualService').flatMap(findIn),
};

function findIn(resource: ResourceOf<'VirtualService'>): readonly Finding[] {
  const { http = [], tls = [], tcp = [] } = resource.spec;
  const sections = { http, tls, tcp };
  return (['http', 'tls', 'tcp'] as const).flatMap((section) =>
    sections[section].flatMap(({ route = [] }, rule) => {
      const path = `spec.${section}[${rule}].route`;
      const problem = problemOf(route.map(({ weight = 0 }) => weight));
      return problem ? [{ resource, path: `${path}${problem.at}`, ...problem.finding }] : [];
    }),
  );
}

function problemOf(
  weights: readonly number[],
): { readonly at: string; readonly finding: Pick<Finding, 'message' | 'severity'> } | undefined {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const [only] = weights;
  if (weights.length === 1) {
    if (only === undefined || only === 0 || only === 100) return undefined;
    return {
      at: '[0].weight',
      finding: {
        severity: 'info',
        message: `The only destination takes all the traffic, whatever its weight (${only}) says.`,
      },
    };
  }
  const zero = weights.indexOf(0);
  if (weights.length > 1 && zero >= 0 && sum > 0 && sum !== 100)
    return {
      at: `[${zero}]`,
      finding: { message: `This destination has no weight, and others have: it gets no traffic. Set its weight.` },
    };
  if (weights.length > 1 && sum > 0 && sum !== 100)
    return {
      at: '',
      finding: {
        severity: 'info',
        message: `The weights add up to ${sum}: they are shares of that, so that the destinations get ${weights.map((weight) => `${Math.round((weight / sum) * 1000) / 10} %`).join(', ')}.`,
      },
    };
  return undefined;
}
