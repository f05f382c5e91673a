import type { ProxyScenario } from '../model/scenario.ts';

/** In words, which of all proxies see something; undefined where all do. */
export function describeAudience(seeing: readonly ProxyScenario[], all: readonly ProxyScenario[]): string | undefined {
  const kinds = new Set(seeing);
  if (kinds.size === all.length) return undefined;
  for (const capture of ['true', 'false']) {
    const same = all.filter((proxy) => captureOf(proxy) === capture);
    if (same.length === kinds.size && same.every((proxy) => kinds.has(proxy)))
      return `proxies ${capture === 'true' ? 'with' : 'without'} DNS capture`;
  }
  const namespaces = [...new Set(seeing.map(({ namespace }) => namespace))];
  return namespaces
    .flatMap((namespace = 'default') => {
      const here = all.filter((proxy) => (proxy.namespace ?? 'default') === namespace);
      return here.every((proxy) => kinds.has(proxy))
        ? [namespace]
        : here.filter((proxy) => kinds.has(proxy)).map((proxy) => describeProxy(proxy));
    })
    .join(', ');
}

function captureOf({ metadata }: ProxyScenario): unknown {
  return metadata?.['DNS_CAPTURE'];
}

function describeProxy(proxy: ProxyScenario): string {
  const labels = Object.entries(proxy.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const capture = captureOf(proxy);
  return [
    proxy.namespace ?? 'default',
    ...(labels.length > 0 ? [`(${labels.join(', ')})`] : []),
    ...(capture === undefined ? [] : [capture === 'true' ? 'with DNS capture' : 'without DNS capture']),
  ].join(' ');
}
