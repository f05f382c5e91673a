import type { OutlierDetection } from '../../model/istio/destination-rule.ts';
import type { Field } from '../field.ts';
import { durationProblem } from '../values/duration-problem.ts';
import { percentProblem } from '../values/percentage.ts';

export function validateOutlierDetection(outlier: OutlierDetection | undefined, field: Field): void {
  if (outlier === undefined) return;
  field.at('baseEjectionTime').refuseIf(durationProblem(outlier.baseEjectionTime));
  field.at('interval').refuseIf(durationProblem(outlier.interval));
  if ((outlier.consecutiveErrors ?? 0) !== 0) {
    field
      .at('consecutiveErrors')
      .warn('consecutiveErrors is deprecated; set consecutiveGatewayErrors or consecutive5xxErrors.');
  }
  if (outlier.splitExternalLocalOriginErrors !== true && (outlier.consecutiveLocalOriginFailures ?? 0) > 0) {
    field
      .at('consecutiveLocalOriginFailures')
      .refuse(
        'Local origin failures are only counted by themselves with splitExternalLocalOriginErrors; set that to true.',
      );
  }
  field.at('maxEjectionPercent').refuseIf(percentProblem(outlier.maxEjectionPercent));
  field.at('minHealthPercent').refuseIf(percentProblem(outlier.minHealthPercent));
}
