import { enumeration, type Infer, map, message } from './schema.ts';
import { policyWorkloadSelector } from './selector.ts';

export const mutualTLSMode = enumeration({ UNSET: 0, DISABLE: 1, PERMISSIVE: 2, STRICT: 3 });
export type MutualTLSMode = Infer<typeof mutualTLSMode>;

export const mutualTLS = message('MutualTLS', {
  mode: mutualTLSMode,
});
export interface MutualTLS extends Infer<typeof mutualTLS> {}

export const peerAuthentication = message('PeerAuthentication', {
  selector: policyWorkloadSelector,
  mtls: mutualTLS,
  portLevelMtls: map(mutualTLS),
});
export interface PeerAuthentication extends Infer<typeof peerAuthentication> {}
