import type { Gateway, Port, Server } from '../../model/istio/gateway.ts';
import { isHttp, isTls, parseProtocol } from '../../model/protocol.ts';
import type { Admission } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';
import { ipAddressProblem } from '../values/address-problem.ts';
import { isDnsLabel } from '../values/dns-label.ts';
import { validateGatewayHost } from '../values/namespaced-host.ts';
import { portNumberProblem } from '../values/port.ts';
import { isUnixAddress, unixAddressProblem } from '../values/unix-address.ts';
import { validateServerTls } from './server-tls.ts';

/** Source: istio `pkg/config/validation/validation.go`, ValidateGateway. */
export function validateGateway(gateway: Gateway, field: Field, { metadata }: Admission): void {
  // Set on what istiod itself makes of a Kubernetes Gateway.
  const isFromGatewayApi = metadata.annotations['internal.istio.io/gateway-semantics'] === 'gateway';
  if (!isDnsLabel(metadata.name) && !isFromGatewayApi) {
    field.refuse(`A Gateway's name has no dots; rename "${metadata.name}".`);
  }
  const servers = gateway.servers ?? [];
  if (servers.length === 0) field.at('servers').refuse('Give the gateway at least one server.');
  const portNames = new Set<string>();
  forEachItem(servers, field.at('servers'), (server, at) => {
    validateServer(server, at, isFromGatewayApi);
    if (server.port === undefined) return;
    const name = server.port.name ?? '';
    if (portNames.has(name)) at.at('port').at('name').refuse(`Port name "${name}" is used twice; rename one.`);
    portNames.add(name);
  });
}

function validateServer(server: Server, field: Field, isFromGatewayApi: boolean): void {
  if ((server.hosts?.length ?? 0) === 0) field.at('hosts').refuse('Name at least one host; "*" stands for all.');
  forEachItem(server.hosts, field.at('hosts'), (host, at) => {
    validateGatewayHost(host, at, isFromGatewayApi);
  });
  const bind = server.bind ?? '';
  field.at('bind').refuseIf(bindProblem(bind, server.port));
  validateServerTls(server.tls, field.at('tls'));
  if (server.port === undefined) {
    field.at('port').refuse('Set the port of the server.');
    return;
  }
  validateServerPort(server.port, field.at('port'), bind);
  validateTlsFitsPort(server, server.port, field.at('tls'));
}

function validateServerPort(port: Port, field: Field, bind: string): void {
  if (parseProtocol(port.protocol ?? '') === 'Unsupported') {
    field
      .at('protocol')
      .refuse(
        `Protocol "${port.protocol ?? ''}" is unknown; use HTTP, HTTPS, GRPC, GRPC-WEB, HTTP2, TLS, TCP, MONGO, REDIS or MYSQL.`,
      );
  }
  if ((port.number ?? 0) > 0 || !isUnixAddress(bind)) field.at('number').refuseIf(portNumberProblem(port.number));
  if ((port.targetPort ?? 0) > 0) field.at('targetPort').refuse('A targetPort has no effect in a Gateway; remove it.');
  if ((port.name ?? '') === '') field.at('name').refuse('Give the port a name.');
}

function bindProblem(bind: string, port: Port | undefined): string | undefined {
  if (bind === '') return undefined;
  if (!isUnixAddress(bind)) return ipAddressProblem(bind);
  if ((port?.number ?? 0) !== 0) return 'A Unix domain socket has no port; set the port number to 0.';
  return unixAddressProblem(bind);
}

function validateTlsFitsPort(server: Server, port: Port, field: Field): void {
  const protocol = parseProtocol(port.protocol ?? '');
  if (server.tls?.httpsRedirect === true && !isHttp(protocol)) {
    field
      .at('httpsRedirect')
      .warn('Only HTTP servers can redirect to HTTPS; remove httpsRedirect or change the protocol.');
  }
  if (protocol === 'Unsupported') return;
  if (isTls(protocol)) {
    if (server.tls === undefined) field.refuse(`A server for ${protocol} needs tls settings; add them.`);
  } else if (server.tls !== undefined && !(isHttp(protocol) && isHarmless(server.tls))) {
    field.refuse(`A server for ${protocol} has no TLS; remove the tls settings or set protocol HTTPS or TLS.`);
  }
}

/** What a plain-text HTTP server may have, for httpsRedirect's sake: settings that terminate no TLS and name no files. */
function isHarmless(tls: NonNullable<Server['tls']>): boolean {
  const { mode = 'PASSTHROUGH', caCertificates = '', privateKey = '', serverCertificate = '' } = tls;
  const passesThrough = mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
  return passesThrough && caCertificates === '' && privateKey === '' && serverCertificate === '';
}
