import type { KubernetesServicePort } from '../../model/istio/kubernetes.ts';
import { type Protocol, parseProtocol } from '../../model/protocol.ts';

/**
 * The protocol of a Kubernetes Service's port: UDP, else what `appProtocol` or the name's first part says.
 * Source: istio `pkg/config/kube/conversion.go`, ConvertProtocol.
 */
export function kubernetesProtocol({ name = '', port = 0, protocol, appProtocol }: KubernetesServicePort): Protocol {
  if (protocol === 'UDP') return 'UDP';
  const standard = standardAppProtocols.get(appProtocol ?? '');
  if (standard) return standard;
  const text = appProtocol ?? name;
  if (text.toLowerCase().startsWith('grpc-web')) return 'GRPC-Web';
  const [first = ''] = text.split('-');
  const parsed = parseProtocol(first);
  return parsed === 'Unsupported' && serverFirstPorts.has(port) ? 'TCP' : parsed;
}

const standardAppProtocols: ReadonlyMap<string, Protocol> = new Map([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

/** SMTP, DNS, MySQL and MongoDB: sniffing would wait for a client that waits for the server. */
const serverFirstPorts: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);
