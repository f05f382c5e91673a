/**
 * A configuration file that a stock Envoy runs.
 *
 * @module xdsim/envoy
 */
import type { Snapshot } from '../xds/snapshot.ts';
import type { Address, Listener } from '../xds/types.ts';
import { type Bootstrap, internalListenerExtension, istioRuntime } from './bootstrap.ts';
import { type DemoAddress, makeDemo } from './demo.ts';
import { inlineRoutes } from './inline-routes.ts';
import type { Omission, ReportOmission } from './omission.ts';
import { type PreparedSnapshot, prepareSnapshot } from './prepare-snapshot.ts';
import { type Refused, refusedResources } from './refused-resources.ts';
import type { Certificates } from './static-secrets.ts';

export type { Bootstrap } from './bootstrap.ts';
export type { DemoAddress } from './demo.ts';
export { type Omission, omissionLines } from './omission.ts';
export { type PreparedSnapshot, prepareSnapshot } from './prepare-snapshot.ts';
export { type Refused, refusedResources } from './refused-resources.ts';
export type { Certificates } from './static-secrets.ts';

export interface BootstrapOptions {
  /** Takes the place of every secret. Without it filter chains that end TLS are left out and clients show no certificate. */
  readonly certificates?: Certificates;
  /** Where Envoy's administration interface listens; `envoy-admin.sock` in the folder it is started in where absent. */
  readonly admin?: Address;
  /** Rewrites addresses so that everything runs on 127.0.0.1, without interception, and with upstreams of its own. */
  readonly demo?: boolean;
}

export interface BootstrapResult {
  /** `envoy.config.bootstrap.v3.Bootstrap` as JSON. */
  readonly bootstrap: Bootstrap;
  /** What a stock Envoy cannot load, and was left out. */
  readonly omissions: readonly Omission[];
  /** For a demo: which local address stands for which listener or endpoint. */
  readonly demoAddresses: readonly DemoAddress[];
}

/**
 * A configuration file that a stock Envoy runs: what istiod would serve over xDS, written down as static resources.
 *
 * @example
 * const { bootstrap, omissions } = toBootstrap(translate(yaml), { demo: true });
 * fs.writeFileSync('envoy.json', JSON.stringify(bootstrap));   // envoy -c envoy.json
 */
export function toBootstrap(snapshot: Snapshot, options: BootstrapOptions = {}): BootstrapResult {
  const prepared = prepareSnapshot(snapshot, { certificates: options.certificates });
  const omissions: Omission[] = [...prepared.omissions];
  const report: ReportOmission = (omission) => void omissions.push(omission);

  const refused = refusedResources(prepared);
  for (const one of refused) report({ resource: one.resource, reason: `Envoy refuses it: ${one.reason}` });
  const { clusters, routes, listeners: loadable } = withoutRefused(prepared, refused);
  const routesByName = new Map(routes.map((route) => [route.name, route]));
  const listeners = loadable.map((listener): Listener => inlineRoutes(listener, routesByName, report));

  const resources = { clusters, listeners };
  const demo = options.demo ? makeDemo(resources, { certificates: options.certificates, report }) : undefined;
  return {
    bootstrap: {
      node: { id: 'xdsim', cluster: 'xdsim' },
      admin: { address: options.admin ?? { pipe: { path: 'envoy-admin.sock' } } },
      staticResources: demo?.resources ?? resources,
      bootstrapExtensions: [internalListenerExtension],
      layeredRuntime: istioRuntime,
    },
    omissions,
    demoAddresses: demo?.addresses ?? [],
  };
}

function withoutRefused(
  { clusters, listeners, routes }: PreparedSnapshot,
  refused: readonly Refused[],
): Pick<PreparedSnapshot, 'clusters' | 'listeners' | 'routes'> {
  const names = new Set(refused.map(({ resource }) => resource));
  return {
    clusters: clusters.filter(({ name }) => !names.has(`cluster ${name}`)),
    listeners: listeners.filter(({ name }) => !names.has(`listener ${name}`)),
    routes: routes.filter(({ name }) => !names.has(`route ${name}`)),
  };
}
