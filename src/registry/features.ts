/** The parts of istiod's environment that change what a proxy gets. Source: istio `pilot/pkg/features`. */
export interface Features {
  /** PILOT_ENABLE_IP_AUTOALLOCATE: the stateful allocator (on) or the older hash allocation (off). */
  readonly statefulAllocation: boolean;
  /** PILOT_ENABLE_AMBIENT. */
  readonly ambient: boolean;
  /** ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: DYNAMIC_DNS entries with TLS ports behind a waypoint. */
  readonly wildcardTlsServiceEntries: boolean;
}

const variables = {
  statefulAllocation: 'PILOT_ENABLE_IP_AUTOALLOCATE',
  ambient: 'PILOT_ENABLE_AMBIENT',
  wildcardTlsServiceEntries: 'ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS',
} as const;

/** The names of the environment variables that the simulation follows. */
export const simulatedFeatures: ReadonlySet<string> = new Set(Object.values(variables));

export function readFeatures(environment: Readonly<Record<string, string>>): Features {
  const enabled = (feature: keyof Features, fallback: boolean): boolean =>
    readBoolean(environment[variables[feature]]) ?? fallback;
  return {
    statefulAllocation: enabled('statefulAllocation', true),
    ambient: enabled('ambient', false),
    wildcardTlsServiceEntries: enabled('wildcardTlsServiceEntries', false),
  };
}

/** The spellings of Go's strconv.ParseBool. */
export function readBoolean(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  return undefined;
}
