import { enumeration, type Infer, int64, list, message, string, uint32 } from './schema.ts';
import { analysisMessageBase, istioCondition } from './status.ts';
import { workloadEntry, workloadSelector } from './workload-entry.ts';

export const servicePort = message('ServicePort', {
  number: uint32(),
  protocol: string(),
  name: string(),
  targetPort: uint32(),
});
export interface ServicePort extends Infer<typeof servicePort> {}

export const location = enumeration({ MESH_EXTERNAL: 0, MESH_INTERNAL: 1 });
export type Location = Infer<typeof location>;

export const resolution = enumeration({ NONE: 0, STATIC: 1, DNS: 2, DNS_ROUND_ROBIN: 3, DYNAMIC_DNS: 4 });
export type Resolution = Infer<typeof resolution>;

export const serviceEntry = message('ServiceEntry', {
  hosts: list(string()),
  addresses: list(string()),
  ports: list(servicePort),
  location,
  resolution,
  endpoints: list(workloadEntry),
  workloadSelector,
  exportTo: list(string()),
  subjectAltNames: list(string()),
});
export interface ServiceEntry extends Infer<typeof serviceEntry> {}

export const serviceEntryAddress = message('ServiceEntryAddress', {
  value: string(),
  host: string(),
});
export interface ServiceEntryAddress extends Infer<typeof serviceEntryAddress> {}

export const serviceEntryStatus = message('ServiceEntryStatus', {
  conditions: list(istioCondition),
  validationMessages: list(analysisMessageBase),
  observedGeneration: int64(),
  addresses: list(serviceEntryAddress),
});
export interface ServiceEntryStatus extends Infer<typeof serviceEntryStatus> {}
