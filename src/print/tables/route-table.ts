import type { Route, RouteConfiguration } from '../../xds/types.ts';
import { configSource } from './config-source.ts';
import type { Table } from './table.ts';

/** Routes with the columns of `istioctl proxy-config route`, and where each one leads. Order within a virtual host is Envoy's: first match wins. */
export function routeTable(routes: readonly RouteConfiguration[]): Table {
  return {
    columns: ['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'DESTINATION', 'VIRTUAL SERVICE'],
    rows: routes.flatMap((configuration) =>
      (configuration.virtualHosts ?? []).flatMap((host) =>
        (host.routes ?? []).map((route) => [
          configuration.name ?? '',
          host.name ?? '',
          domainText(host.domains ?? []),
          matchText(route),
          destinationText(route),
          configSource(route.metadata) ?? '',
        ]),
      ),
    ),
  };
}

function domainText(domains: readonly string[]): string {
  const shown = domains.slice(0, 2).join(', ');
  return domains.length > 2 ? `${shown} + ${domains.length - 2} more` : shown;
}

function matchText(route: Route): string {
  const match = route.match ?? {};
  const path =
    match.path ??
    (match.prefix !== undefined ? `${match.prefix}*` : undefined) ??
    (match.pathSeparatedPrefix !== undefined ? `${match.pathSeparatedPrefix}/*` : undefined) ??
    (match.safeRegex?.regex !== undefined ? `~${match.safeRegex.regex}` : '*');
  const headers = (match.headers ?? []).length;
  const parameters = (match.queryParameters ?? []).length;
  return [path, headers > 0 && `${headers} header${headers > 1 ? 's' : ''}`, parameters > 0 && `${parameters} query`]
    .filter(Boolean)
    .join(' + ');
}

function destinationText(route: Route): string {
  if (route.route?.cluster) return route.route.cluster;
  const weighted = route.route?.weightedClusters?.clusters;
  if (weighted) return weighted.map((cluster) => `${cluster.name ?? ''} (${cluster.weight ?? 0})`).join(', ');
  if (route.redirect) return `redirect ${route.redirect.responseCode ?? 'MOVED_PERMANENTLY'}`;
  if (route.directResponse) return `response ${route.directResponse.status ?? ''}`;
  return '-';
}
