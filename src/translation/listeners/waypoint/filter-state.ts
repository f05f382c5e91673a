import type { Proxy } from '../../../model/proxy.ts';
import type { FilterStateValue } from '../../../xds/types.ts';

export interface KeptValue {
  /** What to keep, as access logs write it. */
  readonly format: string;
  /** How far upstream connections see it. */
  readonly shared: NonNullable<FilterStateValue['sharedWithUpstream']>;
  /** How the value is made, where Envoy does not know the key. */
  readonly factoryKey?: string;
}

/** Keeps something that is known of a connection for the listeners and clusters further on. */
export function keepInFilterState(objectKey: string, { format, shared, factoryKey }: KeptValue): FilterStateValue {
  return {
    objectKey,
    ...(factoryKey !== undefined && { factoryKey }),
    formatString: { textFormatSource: { inlineString: format } },
    sharedWithUpstream: shared,
  };
}

/** Text by which connections upstream are kept apart. Proxies before 1.29.2 do not know the type. */
export function hashableFactory({ istioVersion: [major, minor, patch] }: Proxy): string {
  const knows = major > 1 || minor > 29 || (minor === 29 && patch >= 2);
  return knows ? 'istio.hashable_string' : 'envoy.string';
}
