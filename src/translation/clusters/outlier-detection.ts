import type { OutlierDetection as OutlierDetectionSettings } from '../../model/istio/destination-rule.ts';
import type { OutlierDetection } from '../../xds/types.ts';

/**
 * Ejection of failing endpoints. Ejection by success rate, which Envoy has on by default, is always turned off.
 * Source: istio `pilot/pkg/networking/core/cluster_traffic_policy.go`, applyOutlierDetection.
 */
export function buildOutlierDetection(settings: OutlierDetectionSettings): OutlierDetection {
  const { consecutive5xxErrors, consecutiveGatewayErrors, interval, baseEjectionTime, maxEjectionPercent } = settings;
  return {
    enforcingSuccessRate: 0,
    ...(consecutive5xxErrors !== undefined && {
      consecutive5xx: consecutive5xxErrors,
      enforcingConsecutive5xx: enforcement(consecutive5xxErrors),
    }),
    ...(consecutiveGatewayErrors !== undefined && {
      consecutiveGatewayFailure: consecutiveGatewayErrors,
      enforcingConsecutiveGatewayFailure: enforcement(consecutiveGatewayErrors),
    }),
    ...(interval !== undefined && { interval }),
    ...(baseEjectionTime !== undefined && { baseEjectionTime }),
    ...(maxEjectionPercent && { maxEjectionPercent }),
    ...(settings.splitExternalLocalOriginErrors && localOriginErrors(settings)),
  };
}

function localOriginErrors({ consecutiveLocalOriginFailures }: OutlierDetectionSettings): OutlierDetection {
  return {
    splitExternalLocalOriginErrors: true,
    ...(consecutiveLocalOriginFailures && {
      consecutiveLocalOriginFailure: consecutiveLocalOriginFailures,
      enforcingConsecutiveLocalOriginFailure: 100,
    }),
    enforcingLocalOriginSuccessRate: 0,
  };
}

/** A threshold of 0 turns its detector off. */
function enforcement(threshold: number): number {
  return threshold > 0 ? 100 : 0;
}
