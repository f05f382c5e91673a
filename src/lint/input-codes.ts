import type { CodeDescription } from './rule.ts';

/** What is said of codes that the reader, the webhook and the translation report; rules describe their own. */
export const inputCodes: readonly CodeDescription[] = [
  {
    code: 'resource-refused',
    documentation:
      'istiod’s admission webhook does not accept the resource, so it never reaches the cluster; what was applied before stays in force. The rest of the input is simulated without it.',
    seeAlso: ['IST0106'],
  },
  {
    code: 'resource-warning',
    documentation:
      'istiod’s admission webhook accepts the resource and warns. kubectl prints such a warning once, and nobody sees it in a pipeline.',
    seeAlso: ['IST0133'],
  },
  {
    code: 'static-with-host-name',
    documentation:
      'With resolution STATIC, istiod sends the endpoints’ addresses to Envoy as they are, and Envoy connects to IP addresses only. The webhook refuses an entry that lists a host name. Set resolution DNS: then each endpoint’s name is looked up.',
    seeAlso: ['IST0106'],
  },
  {
    code: 'wildcard-with-dns',
    documentation:
      'DNS has no answer for "*.example.com", so the webhook refuses a wildcard host with resolution DNS and no endpoints. Resolution DYNAMIC_DNS (for sidecars since Istio 1.30) looks up the name that the client asks for; resolution NONE forwards to the address that the client chose.',
    seeAlso: ['IST0106'],
  },
  {
    code: 'rule-unreachable',
    documentation:
      'Envoy takes the first route that matches. A rule behind one that matches everything, or whose matches all stand in earlier rules, never sees a request. Move it up, or make the earlier rule narrower.',
    seeAlso: ['IST0130'],
  },
  {
    code: 'match-overlapping',
    documentation:
      'One of a rule’s matches stands in an earlier rule, too, or lies within a prefix there: Envoy takes the first route that matches, so this one is never reached. The rule’s other matches still count.',
    seeAlso: ['IST0131'],
  },
  {
    code: 'listener-conflict',
    documentation:
      'Services share a listener where an SNI, an HTTP host or an address tells them apart. Where nothing does, the service that comes first (the oldest) keeps the listener or the filter chain, and the others’ traffic goes to it. The diagnostic names winner and loser. Give one of them an address, another port, or a protocol with host names.',
  },
  {
    code: 'gateway-conflict',
    documentation:
      'Servers of one port of a gateway share it where Envoy can tell their traffic apart: plain HTTP by host, TLS by the server name. Where it cannot, the server that comes first (of the oldest Gateway) keeps the port, and istiod leaves the other out without a word. Give it another port, other hosts, or a bind address of its own.',
    seeAlso: ['IST0145', 'KIA0301'],
  },
  {
    code: 'gateway-selects-nothing',
    documentation:
      'A Gateway is for the workloads that have all labels of its selector. Where none has them, nobody listens on its ports. The workloads that are known are the proxy that asks, and the pods and WorkloadEntries of the input.',
    seeAlso: ['IST0101', 'KIA0302'],
  },
  {
    code: 'pod-missing',
    documentation:
      'istiod finds the Services that a gateway stands for through its pod. Without the pod, a Gateway’s port is where the gateway listens; with it, the target port that its Service has for this port. In a cluster the pod is always there: add it to the input.',
  },
  {
    code: 'undetermined-order',
    documentation:
      'Where two resources claim the same and were created in the same second, istiod’s answer depends on an order that it leaves open: it can change with a restart. Make one claim, or claim different things.',
  },
  {
    code: 'field-unknown',
    documentation:
      'The API has no field of this name. istiod ignores it (kubectl refuses it unless told not to validate), so the setting does not exist. The diagnostic names the field that was probably meant.',
    seeAlso: ['IST0106'],
  },
  {
    code: 'field-type',
    documentation:
      'A value has the wrong type, or an enum has no such value (`MUTUAL_TLS` for `MUTUAL`). The API server refuses the resource; all else still applies.',
    seeAlso: ['IST0106'],
  },
  {
    code: 'suppression-unused',
    documentation:
      'An annotation `xdsim.dev/ignore`, or the option --ignore, names a code that is not reported there. Remove it, so that the code is heard when it is needed.',
  },
];
