export type Labels = Readonly<Record<string, string>>;

/** Whether `labels` has all of `wanted`; nothing wanted is always had. Source: istio `pkg/config/labels/instance.go`, SubsetOf. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  for (const key of Object.keys(wanted)) if (labels[key] !== wanted[key]) return false;
  return true;
}

/** As `hasLabels`, but a selector without labels selects nothing: the way of Kubernetes Services. */
export function selectsLabels(selector: Labels, labels: Labels): boolean {
  return Object.keys(selector).length > 0 && hasLabels(labels, selector);
}

export function sameLabels(left: Labels, right: Labels): boolean {
  return Object.keys(left).length === Object.keys(right).length && hasLabels(left, right);
}
