import type { Metadata } from '../../model/resource.ts';

/** VirtualServices also stand for HTTPRoutes and Ingresses, whose paths and redirects mean something else. */
export type RouteSemantics = 'istio' | 'gateway' | 'ingress';

export function semanticsOf({ annotations }: Metadata): RouteSemantics {
  const annotated = annotations['internal.istio.io/route-semantics'];
  return annotated === 'gateway' || annotated === 'ingress' ? annotated : 'istio';
}
