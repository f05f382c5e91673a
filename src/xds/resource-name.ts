/** Which way the traffic of a cluster or route flows, seen from the proxy; waypoints serve `inbound-vip`. */
export type ResourceDirection = 'outbound' | 'inbound' | 'inbound-vip';

export interface ResourceName {
  readonly direction: ResourceDirection;
  readonly port: number;
  /** Empty where the name stands for all endpoints of the service. */
  readonly subset: string;
  /** Empty for the inbound cluster of a port that no service owns. */
  readonly hostname: string;
}

const directions: readonly ResourceDirection[] = ['outbound', 'inbound', 'inbound-vip'];

/** The name istiod gives a cluster: `outbound|443|v1|example.com`. */
export function buildResourceName({ direction, port, subset, hostname }: ResourceName): string {
  return subset === '' ? `${direction}|${port}||${hostname}` : `${direction}|${port}|${subset}|${hostname}`;
}

/** `outbound|443||example.com`, the name that most routes and filter chains point to. */
export function outboundName(hostname: string, port: number, subset = ''): string {
  return buildResourceName({ direction: 'outbound', port, subset, hostname });
}

/** `inbound|8080||`: inbound clusters are named for the port of the workload alone. */
export function inboundName(port: number): string {
  return buildResourceName({ direction: 'inbound', port, subset: '', hostname: '' });
}

/** The form that fits into an SNI: `outbound_.443_.v1_.example.com`, used between gateways of a multi-network mesh. */
export function buildSniName({ direction, port, subset, hostname }: ResourceName): string {
  return `${direction}_.${port}_.${subset}_.${hostname}`;
}

/** Whether a cluster is named in the form of an SNI: gateways pass mutual TLS on to it. */
export function isSniName(name: string): boolean {
  return name.startsWith('outbound_.');
}

/** Absent for names of another form, such as `BlackHoleCluster`. Every route's cluster is read: nothing is taken apart twice. */
export function parseResourceName(name: string): ResourceName | undefined {
  const separator = name.includes('_.') ? '_.' : '|';
  const { length } = separator;
  const first = name.indexOf(separator);
  const direction = directions.find((known) => known.length === first && name.startsWith(known));
  const second = direction ? name.indexOf(separator, first + length) : -1;
  const third = second < 0 ? -1 : name.indexOf(separator, second + length);
  if (!direction || third < 0 || name.includes(separator, third + length)) return undefined;
  const port = name.slice(first + length, second);
  if (!/^\d+$/.test(port)) return undefined;
  const subset = name.slice(second + length, third);
  return { direction, port: Number(port), subset, hostname: name.slice(third + length) };
}
