import type { Claim } from './outbound-plan.ts';

/** The service's port, or where a Sidecar listens on another one, the only port that the service has. */
export function destinationPort({ service, port }: Pick<Claim, 'service' | 'port'>): number {
  const [first] = service.ports;
  return first && service.ports.length === 1 ? first.number : port.number;
}
