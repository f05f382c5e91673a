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

const directions: readonly string[] = ['outbound', 'inbound', 'inbound-vip'] satisfies ResourceDirection[];

/** The name istiod gives a cluster: `outbound|443|v1|example.com`. */
export function buildResourceName({ direction, port, subset, hostname }: ResourceName): string {
  return `${direction}|${port}|${subset}|${hostname}`;
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

/** Absent for names of another form, such as `BlackHoleCluster`. */
export function parseResourceName(name: string): ResourceName | undefined {
  const [direction, port, subset, hostname, ...rest] = name.split(name.includes('_.') ? '_.' : '|');
  if (direction === undefined || !directions.includes(direction)) return undefined;
  if (port === undefined || !/^\d+$/.test(port)) return undefined;
  if (subset === undefined || hostname === undefined || rest.length > 0) return undefined;
  return { direction: direction as ResourceDirection, port: Number(port), subset, hostname };
}
