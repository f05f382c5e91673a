import { listConfigPatches } from '../config-patches.ts';
import type { Rule } from '../rule.ts';

export const envoyFilterOperationIgnored: Rule = {
  code: 'envoy-filter-operation-ignored',
  severity: 'warning',
  seeAlso: ['IST0152', 'IST0153', 'IST0154'],
  documentation:
    'What a patch may do depends on what it applies to: REPLACE exists for filters and virtual hosts only, and route configurations and routes can neither be added (a route can be inserted) nor removed. istiod accepts the patch and ignores it. Use MERGE, or an operation that exists for the object.',
  inMesh: ({ written }) =>
    written('EnvoyFilter').flatMap((resource) =>
      listConfigPatches(resource).flatMap(({ applyTo, operation, path }) => {
        const code = ignoredAs(applyTo, operation);
        return code === undefined
          ? []
          : [
              {
                resource,
                path: `${path}.patch.operation`,
                seeAlso: [code],
                message: `${operation} is ignored for ${applyTo}: the patch changes nothing. ${operation === 'REPLACE' ? 'Use MERGE.' : 'Use MERGE, or patch the virtual host.'}`,
              },
            ];
      }),
    ),
};

const replaceable: ReadonlySet<string> = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST']);
const fixed: ReadonlySet<string> = new Set(['ROUTE_CONFIGURATION', 'HTTP_ROUTE']);

/** The code that istioctl has for it. */
function ignoredAs(applyTo: string, operation: string): string | undefined {
  if (operation === 'REPLACE' && !replaceable.has(applyTo)) return 'IST0152';
  if (operation === 'ADD' && fixed.has(applyTo)) return 'IST0153';
  if (operation === 'REMOVE' && fixed.has(applyTo)) return 'IST0154';
  return undefined;
}
