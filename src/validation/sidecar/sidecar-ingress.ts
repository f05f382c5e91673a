import type { ServerTLSSettings } from '../../model/istio/gateway.ts';
import type { IstioIngressListener, SidecarPort } from '../../model/istio/sidecar.ts';
import { isHttp, isTls, parseProtocol } from '../../model/protocol.ts';
import { type Field, forEachItem } from '../field.ts';
import { validateServerTls } from '../gateway/server-tls.ts';
import { validateConnectionPool } from '../traffic-policy/connection-pool.ts';
import { ipAddressProblem } from '../values/address-problem.ts';
import { portNumberProblem } from '../values/port.ts';
import { validateDefaultEndpoint } from './default-endpoint.ts';
import { validateSidecarPort } from './sidecar-port.ts';

export function validateSidecarIngress(listeners: readonly IstioIngressListener[], field: Field): void {
  const taken = new Set<number>();
  forEachItem(listeners, field, (listener, at) => {
    const { port, bind = '' } = listener;
    if (port === undefined) {
      at.at('port').refuse('Set the port of the ingress listener.');
      return;
    }
    validateSidecarPort(port, at.at('port'));
    at.at('port').at('number').refuseIf(ingressPortProblem(port, taken));
    taken.add(port.number ?? 0);
    if (bind !== '') at.at('bind').refuseIf(ipAddressProblem(bind));
    validateDefaultEndpoint(listener.defaultEndpoint ?? '', at.at('defaultEndpoint'));
    validateIngressTls(listener.tls, port, at.at('tls'));
    validateIngressConnectionPool(listener, port, at.at('connectionPool'));
  });
}

function ingressPortProblem(port: SidecarPort, taken: ReadonlySet<number>): string | undefined {
  const number = port.number ?? 0;
  return taken.has(number) ? `Port ${number} has a listener already; choose another one.` : portNumberProblem(number);
}

function validateIngressTls(tls: ServerTLSSettings | undefined, port: SidecarPort, field: Field): void {
  if (tls === undefined) return;
  const unsupported = {
    subjectAltNames: (tls.subjectAltNames?.length ?? 0) > 0,
    httpsRedirect: tls.httpsRedirect === true,
    credentialName: (tls.credentialName ?? '') !== '',
    credentialNames: (tls.credentialNames?.length ?? 0) > 0,
    tlsCertificates: (tls.tlsCertificates?.length ?? 0) > 0,
    mode: tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH',
  };
  for (const [name, present] of Object.entries(unsupported)) {
    if (!present) continue;
    const what = name === 'mode' ? `mode ${tls.mode}` : name;
    field.at(name).refuse(`A Sidecar's ingress has no ${what}; ${name === 'mode' ? 'use another one' : 'remove it'}.`);
  }
  if (!isTls(parseProtocol(port.protocol ?? '')))
    field.refuse('Only HTTPS and TLS ports have tls settings; remove them or change the protocol.');
  validateServerTls(tls, field);
}

function validateIngressConnectionPool(listener: IstioIngressListener, port: SidecarPort, field: Field): void {
  validateConnectionPool(listener.connectionPool, field);
  if (listener.connectionPool?.http !== undefined && !isHttp(parseProtocol(port.protocol ?? ''))) {
    field
      .at('http')
      .warn('The port does not carry HTTP, so only the tcp settings apply; remove these or change the protocol.');
  }
}
