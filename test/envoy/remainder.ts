/** Cases that a real Envoy cannot show, with the reason. That it cannot is checked too. */
export const remainder: Readonly<Record<string, { readonly endsWith: string; readonly reason: string }>> = {
  'conformance/destination-rule/tunnel/post/dns': {
    endsWith: 'SIGSEGV',
    reason: 'Envoy 1.38.3 crashes when it opens a TCP tunnel with POST, as soon as a connection goes through.',
  },
};
