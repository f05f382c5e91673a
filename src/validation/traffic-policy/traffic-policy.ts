import { isIpAddress } from '../../model/ip-address.ts';
import type { PortTrafficPolicy, TrafficPolicy, TunnelSettings } from '../../model/istio/destination-rule.ts';
import type { Admission } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';
import { hostNameProblem } from '../values/host-name.ts';
import { portNumberProblem } from '../values/port.ts';
import { validateClientTls } from './client-tls.ts';
import { validateConnectionPool } from './connection-pool.ts';
import { validateLoadBalancer } from './load-balancer.ts';
import { validateOutlierDetection } from './outlier-detection.ts';

/** Source: istio `pkg/config/validation/validation.go`, validateTrafficPolicy. */
export function validateTrafficPolicy(policy: TrafficPolicy | undefined, field: Field, admission: Admission): void {
  if (policy === undefined) return;
  if (isEmptyPolicy(policy)) {
    field.refuse('The traffic policy is empty; set one of its fields or remove it.');
    return;
  }
  if (policy.tunnel !== undefined && policy.proxyProtocol !== undefined) {
    field.at('tunnel').refuse('A tunnel and proxyProtocol exclude each other; remove one.');
    return;
  }
  validateCommonSettings(policy, field, admission);
  validatePortLevelSettings(policy.portLevelSettings, field.at('portLevelSettings'), admission);
  validateTunnel(policy.tunnel, field.at('tunnel'));
}

function isEmptyPolicy(policy: TrafficPolicy): boolean {
  return (
    hasNoCommonSettings(policy) &&
    (policy.portLevelSettings ?? []).length === 0 &&
    policy.tunnel === undefined &&
    policy.proxyProtocol === undefined &&
    policy.retryBudget === undefined
  );
}

type CommonSettings = Pick<TrafficPolicy, 'outlierDetection' | 'connectionPool' | 'loadBalancer' | 'tls'>;

function hasNoCommonSettings(policy: CommonSettings): boolean {
  return (
    policy.outlierDetection === undefined &&
    policy.connectionPool === undefined &&
    policy.loadBalancer === undefined &&
    policy.tls === undefined
  );
}

function validateCommonSettings(policy: CommonSettings, field: Field, { metadata, rules }: Admission): void {
  validateOutlierDetection(policy.outlierDetection, field.at('outlierDetection'));
  validateConnectionPool(policy.connectionPool, field.at('connectionPool'));
  validateLoadBalancer(policy.loadBalancer, field.at('loadBalancer'), {
    hasOutlierDetection: policy.outlierDetection !== undefined,
    rules,
  });
  validateClientTls(policy.tls, field.at('tls'), metadata.namespace);
}

function validatePortLevelSettings(
  settings: readonly PortTrafficPolicy[] | undefined,
  field: Field,
  admission: Admission,
): void {
  forEachItem(settings, field.withoutWarnings(), (policy, at) => {
    if (policy.port === undefined) at.at('port').refuse('Name the port that the settings are for.');
    if (hasNoCommonSettings(policy)) at.refuse('The port has no settings; set one of its fields or remove it.');
    else validateCommonSettings(policy, at, admission);
  });
}

function validateTunnel(tunnel: TunnelSettings | undefined, field: Field): void {
  if (tunnel === undefined) return;
  const { protocol = '', targetHost = '' } = tunnel;
  if (protocol !== '' && protocol !== 'CONNECT' && protocol !== 'POST') {
    field.at('protocol').refuse(`A tunnel's protocol is CONNECT or POST, not "${protocol}".`);
  }
  if (hostNameProblem(targetHost) !== undefined && !isIpAddress(targetHost)) {
    field.at('targetHost').refuse(`"${targetHost}" is neither a host name nor an IP address.`);
  }
  field.at('targetPort').refuseIf(portNumberProblem(tunnel.targetPort));
}
