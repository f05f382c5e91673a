import type { HTTPRoute, VirtualService } from '../../model/istio/virtual-service.ts';
import type { Admission } from '../admission-rules.ts';
import { type Field, forEachItem } from '../field.ts';
import { validateExportTo } from '../values/export-to.ts';
import { isJwtClaim } from '../values/header-name.ts';
import { validateGatewayNames } from './gateway-name.ts';
import { validateHttpRoute } from './http-route.ts';
import { validateTcpRoute } from './tcp-route.ts';
import { validateTlsRoute } from './tls-route.ts';
import { warnOfUnusedRules } from './unused-rules.ts';
import { validateVirtualServiceHosts } from './virtual-service-hosts.ts';

/** The sidecars' own gateway. */
const mesh = 'mesh';

/** Source: istio `pkg/config/validation/validation.go`, ValidateVirtualService. */
export function validateVirtualService(service: VirtualService, field: Field, { metadata }: Admission): void {
  const isDelegate = !hasItems(service.hosts);
  const forGatewaysOnly = hasItems(service.gateways) && !service.gateways?.includes(mesh);
  // Set on what istiod itself makes of Kubernetes Gateway API routes, whose destinations were checked there.
  const isFromGatewayApi = metadata.annotations['internal.istio.io/route-semantics'] === 'gateway';

  if (isDelegate) validateDelegate(service, field);
  validateGatewayNames(service.gateways, field.at('gateways'), isFromGatewayApi);
  if (!forGatewaysOnly) validateNoJwtClaims(service.http, field.at('http'));
  validateVirtualServiceHosts(service, field.at('hosts'), forGatewaysOnly);

  if (!hasItems(service.http) && !hasItems(service.tls) && !hasItems(service.tcp)) {
    field.refuse('The VirtualService has no routes; add http, tls or tcp.');
  }
  forEachItem(service.http, field.at('http'), (route, at) => {
    validateHttpRoute(route, at, { isDelegate, isFromGatewayApi });
  });
  forEachItem(service.tls, field.at('tls'), (route, at) => {
    validateTlsRoute(route, at, { service, isFromGatewayApi });
  });
  forEachItem(service.tcp, field.at('tcp'), (route, at) => {
    validateTcpRoute(route, at, isFromGatewayApi);
  });
  validateExportTo(service.exportTo, field.at('exportTo'), {
    namespace: metadata.namespace,
    allowsNone: false,
    ownNamespaceOnly: false,
  });
  warnOfUnusedRules(service, field);
}

/** Without hosts, the routes can only be used through the `delegate` of another VirtualService. */
function validateDelegate(service: VirtualService, field: Field): void {
  for (const name of ['gateways', 'tls', 'tcp'] as const) {
    if (hasItems(service[name]))
      field.at(name).refuse(`A VirtualService without hosts is a delegate; add hosts or remove ${name}.`);
  }
}

/** Only gateways have the filter that takes the claims out of a JWT. */
function validateNoJwtClaims(routes: readonly HTTPRoute[] | undefined, field: Field): void {
  forEachItem(routes, field, (route, routeField) => {
    forEachItem(route.match, routeField.at('match'), (match, at) => {
      for (const name of ['headers', 'withoutHeaders'] as const) {
        for (const header in match[name]) {
          if (isJwtClaim(header)) {
            at.at(name)
              .at(header)
              .refuse('Only gateways route by JWT claims; bind the VirtualService to a gateway, without "mesh".');
          }
        }
      }
    });
  });
}

function hasItems(list: readonly unknown[] | undefined): boolean {
  return (list?.length ?? 0) > 0;
}
