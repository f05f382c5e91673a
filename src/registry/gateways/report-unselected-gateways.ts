import type { ResourceOf } from '../../model/resource.ts';
import { referenceOf } from '../../model/resource.ts';
import { hasLabels, type Labels } from '../labels.ts';
import { compareText } from '../order.ts';
import type { ProxyView } from '../proxy-view.ts';
import type { SelectedGateway } from './select-gateways.ts';

/**
 * istiod says nothing where a selector matches no workload: requests then find nobody who listens. What other proxies run
 * is only known from the pods and WorkloadEntries of the input.
 */
export function reportUnselectedGateways(view: ProxyView, selected: readonly SelectedGateway[]): void {
  const { report, resources } = view.mesh;
  const isSelected = new Set(selected.map(({ gateway }) => gateway));
  const workloads = [
    ...resources.Pod.map(({ metadata }) => metadata.labels),
    ...resources.WorkloadEntry.map(({ spec }) => spec.labels ?? {}),
  ];
  for (const gateway of resources.Gateway) {
    const { selector = {} } = gateway.spec;
    if (isSelected.has(gateway) || workloads.some((labels) => hasLabels(labels, selector))) continue;
    report({
      code: 'gateway-selects-nothing',
      severity: selected.length === 0 ? 'warning' : 'info',
      message: `No workload of the input listens for this Gateway: it selects ${describe(selector)}, and this proxy has ${describeOwn(gateway, view.proxy.labels)}. Correct the selector, or the labels of the gateway's pods.`,
      resource: referenceOf(gateway),
      path: 'spec.selector',
    });
  }
}

/** Those labels of the proxy that the selector asks for; all of them where it has none of these. */
function describeOwn({ spec: { selector = {} } }: ResourceOf<'Gateway'>, labels: Labels): string {
  const asked = Object.fromEntries(Object.entries(labels).filter(([key]) => Object.hasOwn(selector, key)));
  return Object.keys(asked).length > 0
    ? describe(asked)
    : `no label ${Object.keys(selector).sort(compareText)[0] ?? ''}`;
}

function describe(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.sort(compareText).join(',');
}
