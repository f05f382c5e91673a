import { listConfigPatches } from '../config-patches.ts';
import type { Rule } from '../rule.ts';

const relative: ReadonlySet<string> = new Set(['REMOVE', 'REPLACE', 'INSERT_BEFORE', 'INSERT_AFTER']);
const unaffected: ReadonlySet<string> = new Set(['ROUTE_CONFIGURATION', 'HTTP_ROUTE']);
const replaceable: ReadonlySet<string> = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST']);

/** https://istio.io/latest/docs/reference/config/analysis/ist0151/ */
export const envoyFilterRelativeOperation: Rule = {
  code: 'envoy-filter-relative-operation',
  severity: 'info',
  seeAlso: ['IST0151', 'IST0155'],
  documentation:
    'INSERT_BEFORE, INSERT_AFTER, REPLACE and REMOVE depend on what is there when the patch is applied, and without a priority the order among EnvoyFilters is that of their creation: after a restore or an upgrade, the object that the patch looks for may not be there yet, and the patch is skipped in silence. Set spec.priority, or use INSERT_FIRST or ADD.',
  inMesh: ({ written }) =>
    written('EnvoyFilter')
      .filter(({ spec }) => !spec.priority)
      .flatMap((resource) =>
        listConfigPatches(resource).flatMap(({ applyTo, operation, path, proxyVersion }) => {
          const isIgnored =
            (operation === 'REMOVE' && unaffected.has(applyTo)) ||
            (operation === 'REPLACE' && !replaceable.has(applyTo));
          if (!relative.has(operation) || isIgnored) return [];
          return [
            {
              resource,
              path: `${path}.patch.operation`,
              ...(proxyVersion === undefined && { seeAlso: ['IST0151'] }),
              message: `${operation} takes effect only where the object that it refers to is there when the patch is applied, and spec.priority gives it no place among other EnvoyFilters. Set spec.priority, or use INSERT_FIRST or ADD.`,
            },
          ];
        }),
      ),
};
