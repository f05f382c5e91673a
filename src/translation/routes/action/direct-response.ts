import type { HTTPDirectResponse } from '../../../model/istio/virtual-service.ts';
import type { DirectResponseAction } from '../../../xds/types.ts';

export function buildDirectResponse({ status = 0, body = {} }: HTTPDirectResponse): DirectResponseAction {
  return {
    ...(status !== 0 && { status }),
    ...(body.string !== undefined && { body: { inlineString: body.string } }),
    ...(body.bytes !== undefined && { body: { inlineBytes: body.bytes } }),
  };
}
