import { enumeration, type Infer, int64, list, message, string, timestamp } from './schema.ts';

export const istioCondition = message('IstioCondition', {
  type: string(),
  status: string(),
  lastProbeTime: timestamp(),
  lastTransitionTime: timestamp(),
  reason: string(),
  message: string(),
  observedGeneration: int64(),
});
export interface IstioCondition extends Infer<typeof istioCondition> {}

export const analysisMessageType = message('AnalysisMessageType', {
  name: string(),
  code: string(),
});
export interface AnalysisMessageType extends Infer<typeof analysisMessageType> {}

export const analysisMessageLevel = enumeration({ UNKNOWN: 0, ERROR: 3, WARNING: 8, INFO: 12 });
export type AnalysisMessageLevel = Infer<typeof analysisMessageLevel>;

export const analysisMessageBase = message('AnalysisMessageBase', {
  type: analysisMessageType,
  level: analysisMessageLevel,
  documentationUrl: string(),
});
export interface AnalysisMessageBase extends Infer<typeof analysisMessageBase> {}

export const istioStatus = message('IstioStatus', {
  conditions: list(istioCondition),
  validationMessages: list(analysisMessageBase),
  observedGeneration: int64(),
});
export interface IstioStatus extends Infer<typeof istioStatus> {}
