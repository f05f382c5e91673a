/** The parts of istiod's environment that change what a proxy gets. Source: istio `pilot/pkg/features`. */
export interface Features {
  /** PILOT_ENABLE_IP_AUTOALLOCATE: the stateful allocator (on) or the older hash allocation (off). */
  readonly statefulAllocation: boolean;
  /** PILOT_ENABLE_AMBIENT. */
  readonly ambient: boolean;
  /** ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS: DYNAMIC_DNS entries with TLS ports behind a waypoint. */
  readonly wildcardTlsServiceEntries: boolean;
}

export function readFeatures(environment: Readonly<Record<string, string>>): Features {
  const enabled = (name: string, fallback: boolean): boolean => readBoolean(environment[name]) ?? fallback;
  return {
    statefulAllocation: enabled('PILOT_ENABLE_IP_AUTOALLOCATE', true),
    ambient: enabled('PILOT_ENABLE_AMBIENT', false),
    wildcardTlsServiceEntries: enabled('ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS', false),
  };
}

/** The spellings of Go's strconv.ParseBool. */
export function readBoolean(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  return undefined;
}
