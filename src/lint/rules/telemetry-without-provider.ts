import type { Rule } from '../rule.ts';

/** https://istio.io/latest/docs/reference/config/analysis/ist0157/ */
export const telemetryWithoutProvider: Rule = {
  code: 'telemetry-without-provider',
  severity: 'warning',
  seeAlso: ['IST0157'],
  documentation:
    'A Telemetry that asks for access logs names providers, or leaves that to `meshConfig.defaultProviders.accessLogging`. Where neither names one, nobody writes a log: the entry changes nothing. Name a provider, for example `envoy`.',
  inMesh: ({ mesh, written }) =>
    mesh.configuration.defaultProviders?.accessLogging?.length
      ? []
      : written('Telemetry').flatMap((resource) =>
          (resource.spec.accessLogging ?? []).flatMap(({ disabled, providers }, index) =>
            disabled || providers?.length
              ? []
              : [
                  {
                    resource,
                    path: `spec.accessLogging[${index}]`,
                    message:
                      'No provider is named, here or in meshConfig.defaultProviders.accessLogging: no access log is written for this. Name one, for example `providers: [{ name: envoy }]`.',
                  },
                ],
          ),
        ),
};
