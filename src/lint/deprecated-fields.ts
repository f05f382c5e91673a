import type { FieldPath } from '../model/field-path.ts';
import { formatFieldPath } from '../model/field-path.ts';
import type { Resource } from '../model/resource.ts';

export interface DeprecatedField {
  readonly path: string;
  readonly instead?: string;
}

interface KnownField {
  /** The last names on the way to it. */
  readonly names: readonly string[];
  /** What has taken its place. */
  readonly instead?: string;
}

const deprecated: Readonly<Partial<Record<Resource['kind'], readonly KnownField[]>>> = {
  VirtualService: [
    { names: ['fault', 'delay', 'percent'], instead: 'percentage' },
    { names: ['mirrorPercent'], instead: 'mirrorPercentage' },
  ],
  DestinationRule: [
    {
      names: ['outlierDetection', 'consecutiveErrors'],
      instead: 'consecutive5xxErrors or consecutiveGatewayErrors',
    },
    { names: ['consistentHash', 'minimumRingSize'], instead: 'ringHash.minimumRingSize' },
    { names: ['loadBalancer', 'warmupDurationSecs'], instead: 'warmup.duration' },
  ],
  Sidecar: [
    {
      names: ['outboundTrafficPolicy', 'egressProxy'],
      instead: 'a VirtualService for the traffic (the field is ignored by newer proxies)',
    },
  ],
};

/** The fields of a resource that are set although they are deprecated. */
export function deprecatedFields({ kind, spec }: Resource): readonly DeprecatedField[] {
  const known = deprecated[kind];
  if (!known) return [];
  const found: DeprecatedField[] = [];
  walk(spec, ['spec'], (path, value) => {
    const match = known.find(({ names }) => endsWith(path, names));
    if (match && value !== 0)
      found.push({ path: formatFieldPath(path), ...(match.instead && { instead: match.instead }) });
    if (value === 'LEAST_CONN' && path.at(-1) === 'simple')
      found.push({ path: formatFieldPath(path), instead: 'LEAST_REQUEST' });
  });
  return found;
}

/** Whether the way leads to the field, whatever positions in lists it passes. */
function endsWith(path: FieldPath, names: readonly string[]): boolean {
  let last = names.length - 1;
  for (let index = path.length - 1; index >= 0 && last >= 0; index--) {
    if (typeof path[index] === 'number') continue;
    if (path[index] !== names[last]) return false;
    last--;
  }
  return last < 0;
}

/** `path` is the way to the value, and changes on the way on. */
function walk(value: unknown, path: (string | number)[], visit: (path: FieldPath, value: unknown) => void): void {
  visit(path, value);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) walkOn(index, value[index]);
    return;
  }
  for (const key of Object.keys(value)) walkOn(key, (value as Readonly<Record<string, unknown>>)[key]);

  function walkOn(key: string | number, child: unknown): void {
    path.push(key);
    walk(child, path, visit);
    path.pop();
  }
}
