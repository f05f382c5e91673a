import type { ExtensionProvider } from '../../../model/istio/mesh-config.ts';
import type { Duration, HeaderValueOption, HttpService } from '../../../xds/types.ts';

type ProviderHeaders = NonNullable<NonNullable<ExtensionProvider['zipkin']>['headers']>;

export interface HttpTarget {
  readonly uri: string;
  readonly cluster: string;
  readonly timeout?: Duration;
  readonly headers?: ProviderHeaders;
}

/** An HTTP endpoint that spans or samplers talk to. */
export function httpService({ uri, cluster, timeout, headers = [] }: HttpTarget): HttpService {
  return {
    httpUri: { uri, cluster, ...(timeout !== undefined && { timeout }) },
    ...(headers.length > 0 && { requestHeadersToAdd: headers.map(headerOption) }),
  };
}

/** A value from istiod's environment (`envName`) is empty here: the environment is not part of the input. */
const headerOption = (header: ProviderHeaders[number]): HeaderValueOption => ({
  header: { key: header.name ?? '', ...(header.value && { value: header.value }) },
  appendAction: 'OVERWRITE_IF_EXISTS_OR_ADD',
});

/** Appends a path to a host the way Go's url.JoinPath does: one slash between, dot segments resolved. */
export function joinPath(host: string, path: string): string {
  if (path === '') return host;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `${host}/${segments.join('/')}${path.endsWith('/') && segments.length > 0 ? '/' : ''}`;
}
