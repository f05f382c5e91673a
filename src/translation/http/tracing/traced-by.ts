import type { Proxy } from '../../../model/proxy.ts';
import type { Mesh } from '../../../registry/mesh.ts';

/** Who makes spans. */
export interface TracedBy {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  /** What the spans name as their service; where empty, the name of the bootstrap. */
  readonly serviceName: string;
}
