import type { Listener, RouteConfiguration } from '../xds/types.ts';

/**
 * istiod holds some values once, and all that it sends refers to them: the limit of direct responses, and "false" itself
 * where Envoy tells it from absent. What is merged into such a value changes it wherever it is used from then on. (Route
 * configurations that istiod happens to build before keep the old one; their order is open.)
 */
export function shareRouteValues(
  before: readonly RouteConfiguration[],
  after: readonly RouteConfiguration[],
): readonly RouteConfiguration[] {
  const limits = after.filter(
    ({ maxDirectResponseBodySizeBytes: limit }, index) => limit !== before[index]?.maxDirectResponseBodySizeBytes,
  );
  const limit = limits.at(-1)?.maxDirectResponseBodySizeBytes;
  const limited =
    limit === undefined
      ? after
      : after.map((configuration, index) =>
          before[index]?.maxDirectResponseBodySizeBytes === undefined
            ? configuration
            : { ...configuration, maxDirectResponseBodySizeBytes: limit },
        );
  const validates = after.some(
    ({ validateClusters }, index) => validateClusters === true && before[index]?.validateClusters === false,
  );
  return validates ? limited.map(validateAll) : limited;
}

export function validateAll(configuration: RouteConfiguration): RouteConfiguration {
  return configuration.validateClusters === false ? { ...configuration, validateClusters: true } : configuration;
}

/** Whether a patch has made "false" true by way of a listener that was not to bind. */
export function bindsUnbound(before: readonly Listener[], after: readonly Listener[]): boolean {
  const unbound = new Set(before.filter(({ bindToPort }) => bindToPort === false).map(({ name }) => name));
  return after.some(({ name, bindToPort }) => bindToPort === true && unbound.has(name));
}

export function bindAll(listener: Listener): Listener {
  return listener.bindToPort === false ? { ...listener, bindToPort: true } : listener;
}
