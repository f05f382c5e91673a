import type { MeshConfig } from '../../model/istio/mesh-config.ts';
import type { HttpConnectionManager } from '../../xds/types.ts';

type Normalization = Pick<HttpConnectionManager, 'normalizePath' | 'mergeSlashes' | 'pathWithEscapedSlashesAction'>;

const normalizations: Readonly<Record<string, Normalization>> = {
  NONE: { normalizePath: false, pathWithEscapedSlashesAction: 'KEEP_UNCHANGED' },
  BASE: { normalizePath: true, pathWithEscapedSlashesAction: 'KEEP_UNCHANGED' },
  DEFAULT: { normalizePath: true, pathWithEscapedSlashesAction: 'KEEP_UNCHANGED' },
  MERGE_SLASHES: { normalizePath: true, mergeSlashes: true, pathWithEscapedSlashesAction: 'KEEP_UNCHANGED' },
  DECODE_AND_MERGE_SLASHES: {
    normalizePath: true,
    mergeSlashes: true,
    pathWithEscapedSlashesAction: 'UNESCAPE_AND_FORWARD',
  },
};

/** How paths are changed before routes see them: `meshConfig.pathNormalization`. */
export function pathNormalization({ pathNormalization: { normalization } = {} }: MeshConfig): Normalization {
  return normalizations[normalization ?? 'DEFAULT'] ?? {};
}
