import type { FieldPath } from '../model/field-path.ts';
import { formatFieldPath } from '../model/field-path.ts';
import type { Resource } from '../model/resource.ts';

export interface DeprecatedField {
  readonly path: string;
  readonly instead?: string;
}

/** By kind: the last parts of the path, and what has taken the field's place. */
const deprecated: Readonly<Partial<Record<Resource['kind'], readonly (readonly [string, string?])[]>>> = {
  VirtualService: [
    ['fault.delay.percent', 'percentage'],
    ['mirrorPercent', 'mirrorPercentage'],
  ],
  DestinationRule: [
    ['outlierDetection.consecutiveErrors', 'consecutive5xxErrors or consecutiveGatewayErrors'],
    ['consistentHash.minimumRingSize', 'ringHash.minimumRingSize'],
    ['loadBalancer.warmupDurationSecs', 'warmup.duration'],
  ],
  Sidecar: [
    ['outboundTrafficPolicy.egressProxy', 'a VirtualService for the traffic (the field is ignored by newer proxies)'],
  ],
};

/** The fields of a resource that are set although they are deprecated. */
export function deprecatedFields({ kind, spec }: Resource): readonly DeprecatedField[] {
  const known = deprecated[kind];
  if (!known) return [];
  const found: DeprecatedField[] = [];
  walk(spec, ['spec'], (path, value) => {
    const names = path.filter((part) => typeof part === 'string').join('.');
    const match = known.find(([suffix]) => names.endsWith(`.${suffix}`));
    if (match && value !== 0) found.push({ path: formatFieldPath(path), ...(match[1] && { instead: match[1] }) });
    if (value === 'LEAST_CONN' && path.at(-1) === 'simple')
      found.push({ path: formatFieldPath(path), instead: 'LEAST_REQUEST' });
  });
  return found;
}

function walk(value: unknown, path: FieldPath, visit: (path: FieldPath, value: unknown) => void): void {
  visit(path, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value))
    walk(child, [...path, Array.isArray(value) ? Number(key) : key], visit);
}
