import type { Address, Any, Cluster, Listener } from '../xds/types.ts';

/** The parts of `envoy.config.bootstrap.v3.Bootstrap` that are written here. */
export interface Bootstrap {
  readonly node: { readonly id: string; readonly cluster: string };
  readonly admin: { readonly address: Address };
  readonly staticResources: { readonly clusters: readonly Cluster[]; readonly listeners: readonly Listener[] };
  readonly bootstrapExtensions: readonly {
    readonly name: string;
    readonly typedConfig: Any | InternalListenerExtension;
  }[];
  readonly layeredRuntime: {
    readonly layers: readonly {
      readonly name: string;
      readonly staticLayer: Readonly<Record<string, string | boolean>>;
    }[];
  };
}

interface InternalListenerExtension {
  readonly '@type': 'type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener';
}

/** What a waypoint's listeners need to hand connections to each other. */
export const internalListenerExtension: Bootstrap['bootstrapExtensions'][number] = {
  name: 'envoy.bootstrap.internal_listener',
  typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener' },
};

/** The runtime flags that Istio's agent sets, as far as they decide what loads and where a request goes. Source: istio `pkg/bootstrap/config.go`. */
export const istioRuntime: Bootstrap['layeredRuntime'] = {
  layers: [
    {
      name: 'istio',
      staticLayer: {
        're2.max_program_size.error_level': '32768',
        'envoy.reloadable_features.http_reject_path_with_fragment': false,
        'envoy.reloadable_features.coalesce_lb_rebuilds_on_batch_update': false,
      },
    },
  ],
};
