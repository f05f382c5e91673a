const longestLabel = 63;
const dash = 0x2d;
const dot = 0x2e;

/** By character code: letters, digits and dashes. */
const isInLabel: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[-a-zA-Z0-9]/.test(String.fromCharCode(code)),
);

/** Letters, digits and inner dashes, at most 63. Istio, unlike Kubernetes, takes capitals too. Source: istio `pkg/config/labels`. */
export function isDnsLabel(text: string): boolean {
  return isLabelFrom(0, text);
}

/** DNS labels with dots between them, and maybe one behind the last; from an offset on. */
export function areDnsLabels(text: string, start = 0): boolean {
  let at = start;
  while (at < text.length) {
    const end = endOfLabel(text, at);
    if (end < 0 || end === text.length) return end >= 0;
    if (text.charCodeAt(end) !== dot) return false;
    at = end + 1;
  }
  return true;
}

/** A DNS label that may begin with `*` or be just that, as in `*-foo`. */
export function isWildcardDnsLabel(text: string): boolean {
  if (text === '*') return true;
  if (!text.startsWith('*')) return isLabelFrom(0, text);
  return text.length <= longestLabel && isLabelFrom(text.charCodeAt(1) === dash ? 2 : 1, text);
}

function isLabelFrom(start: number, text: string): boolean {
  return start < text.length && endOfLabel(text, start) === text.length;
}

/** Offset just after the label that begins there, or -1 where none does. */
function endOfLabel(text: string, start: number): number {
  let end = start;
  while (isInLabel[text.charCodeAt(end)]) end++;
  const length = end - start;
  const isLabel = length > 0 && length <= longestLabel;
  return isLabel && text.charCodeAt(start) !== dash && text.charCodeAt(end - 1) !== dash ? end : -1;
}
