import { type Infer, map, message, string } from './schema.ts';

export const policyWorkloadSelector = message('PolicyWorkloadSelector', {
  matchLabels: map(string()),
});
export interface PolicyWorkloadSelector extends Infer<typeof policyWorkloadSelector> {}

export const policyTargetReference = message('PolicyTargetReference', {
  group: string(),
  kind: string(),
  name: string(),
  namespace: string(),
});
export interface PolicyTargetReference extends Infer<typeof policyTargetReference> {}
