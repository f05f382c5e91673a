import { type ResourceOf, referenceOf } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { SelectedDestinationRule } from '../../registry/proxy-view.ts';
import { joinWords } from '../applied-policy.ts';
import type { Look } from '../look.ts';
import type { Finding, Rule } from '../rule.ts';

type DestinationRule = ResourceOf<'DestinationRule'>;

export const destinationRuleConflict: Rule = {
  code: 'destination-rule-conflict',
  severity: 'warning',
  seeAlso: ['KIA0201'],
  documentation:
    'Rules of one namespace for one host are merged, the oldest first: subsets of other names are added, but trafficPolicy is taken as a whole from the first rule that has one, and a subset’s name counts once. What the later rule says there does not exist. And of several namespaces one is asked alone: the client’s, else the service’s, else the root namespace. Put everything into one rule.',
  fromProxy: (look) =>
    look.view.knownHosts.flatMap(({ service, outboundRule: rule }) =>
      rule ? [...findLost(look, service, rule), ...findPassedOver(look, service, rule)] : [],
    ),
};

function findLost(look: Look, service: Service, rule: SelectedDestinationRule): readonly Finding[] {
  if (rule.from.length < 2) return [];
  const [first, ...later] = look.sourcesOf(rule);
  if (!first) return [];
  const earlier = [first];
  return later.flatMap((resource) => {
    const lost = listLost(earlier, resource);
    earlier.push(resource);
    return lost.length > 0 ? describe(service.hostname, earlier.slice(0, -1), resource, lost) : [];
  });
}

/** A rule of the service's own namespace is meant for all its users; one of the client's namespace takes its place. */
function findPassedOver(look: Look, service: Service, chosen: SelectedDestinationRule): readonly Finding[] {
  const { namespace } = look.view.proxy;
  if (chosen.metadata.namespace !== namespace || service.namespace === namespace) return [];
  return look.rulesFor(service.hostname).flatMap((resource) => {
    const { exportTo = ['*'] } = resource.spec;
    const reaches = exportTo.includes('*') || exportTo.includes(namespace);
    if (resource.metadata.namespace !== service.namespace || !reaches || resource.spec.workloadSelector) return [];
    const name = `${chosen.metadata.namespace}/${chosen.metadata.name}`;
    return [
      {
        resource,
        path: 'spec.host',
        severity: 'info',
        message: `DestinationRule ${name} of the client’s namespace takes the place of this one for ${service.hostname}: nothing of this one is merged into it.`,
        related: [
          {
            message: 'is taken instead',
            resource: referenceOf({ kind: 'DestinationRule', metadata: chosen.metadata }),
          },
        ],
      },
    ];
  });
}

interface Lost {
  readonly path: string;
  readonly what: string;
}

function listLost(earlier: readonly DestinationRule[], { spec }: DestinationRule): readonly Lost[] {
  const hasPolicy = earlier.some((rule) => rule.spec.trafficPolicy);
  const names = new Set(earlier.flatMap((rule) => rule.spec.subsets?.map(({ name }) => name) ?? []));
  return [
    ...(spec.trafficPolicy && hasPolicy ? [{ path: 'spec.trafficPolicy', what: fieldsOf(spec.trafficPolicy) }] : []),
    ...(spec.subsets ?? []).flatMap(({ name }, index) =>
      names.has(name) ? [{ path: `spec.subsets[${index}]`, what: `subset "${name}"` }] : [],
    ),
  ];
}

const fieldsOf = (policy: object): string => joinWords(Object.keys(policy).map((name) => `trafficPolicy.${name}`));

function describe(
  hostname: string,
  earlier: readonly DestinationRule[],
  resource: DestinationRule,
  lost: readonly Lost[],
): readonly Finding[] {
  const first = earlier[0] ?? resource;
  const name = `${first.metadata.namespace}/${first.metadata.name}`;
  return [
    {
      resource,
      path: lost[0]?.path ?? 'spec',
      message: `For ${hostname}, ${joinWords(lost.map(({ what }) => what))} of this rule ${lost.length > 1 ? 'are' : 'is'} lost: DestinationRule ${name} is for the same host, comes first and has ${lost.length > 1 ? 'them' : 'it'} already. Put both into one rule.`,
      related: [{ message: 'comes first', resource: referenceOf(first) }],
    },
  ];
}
