import type { Resource } from '../../model/resource.ts';
import { deprecatedFields } from '../deprecated-fields.ts';
import type { Finding, Rule } from '../rule.ts';

/** https://istio.io/latest/docs/reference/config/analysis/ist0002/ */
export const fieldDeprecated: Rule = {
  code: 'field-deprecated',
  severity: 'info',
  seeAlso: ['IST0002'],
  documentation:
    'The field still works (unless the diagnostic says that it is ignored), but another has taken its place, and a later version of Istio may drop it.',
  inMesh: ({ written }) =>
    (['VirtualService', 'DestinationRule', 'Sidecar'] as const).flatMap((kind) =>
      written(kind).flatMap((resource): readonly Finding[] =>
        deprecatedFields(resource as Resource).map(({ path, instead }) => ({
          resource,
          path,
          message: `${path.replace(/^.*\./, '')} is deprecated${instead === undefined ? '' : `; use ${instead}`}.`,
        })),
      ),
    ),
};
