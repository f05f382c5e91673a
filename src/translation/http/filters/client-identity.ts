import type { ProxyView } from '../../../registry/proxy-view.ts';
import { frozen } from '../../../xds/frozen.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { HttpFilter } from '../../../xds/types.ts';

const annotation = 'ambient.istio.io/xfcc-include-client-identity';

/** Whether an annotation of the waypoint's pod asks it to tell applications who called. */
export function tellsClientIdentity({ mesh, proxy }: ProxyView): boolean {
  const annotations = proxy.metadata['ANNOTATIONS'];
  const isMap = typeof annotations === 'object' && annotations !== null;
  const value: unknown = isMap ? (annotations as Readonly<Record<string, unknown>>)[annotation] : undefined;
  return typeof value === 'string' && value.toLowerCase() === 'true' && mesh.profile.waypointsTellClientIdentity;
}

/** The certificate of the client ends with the tunnel: what its identity was, the filter state knows. */
export const clientIdentityFilter: HttpFilter = frozen({
  name: 'istio.waypoint.xfcc_client_identity',
  typedConfig: {
    '@type': typeUrls.headerMutation,
    mutations: {
      requestMutations: [
        {
          append: {
            header: {
              key: 'x-forwarded-client-cert',
              value:
                'By=%FILTER_STATE(io.istio.local_principal:PLAIN)%;URI=%FILTER_STATE(io.istio.peer_principal:PLAIN)%',
            },
            appendAction: 'OVERWRITE_IF_EXISTS_OR_ADD',
          },
        },
      ],
    },
  },
} as const);
