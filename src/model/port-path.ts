import type { ServiceOrigin } from './service.ts';

/** `spec.ports[1]`: where a ServiceEntry or Kubernetes Service gives a port. */
export function portPath({ spec }: ServiceOrigin, number: number): string {
  const ports: readonly { readonly number?: number; readonly port?: number }[] = spec.ports ?? [];
  const index = ports.findIndex((port) => (port.number ?? port.port) === number);
  return index < 0 ? 'spec.ports' : `spec.ports[${index}]`;
}
