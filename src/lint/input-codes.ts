import type { CodeDescription } from './rule.ts';

/** What is said of codes that the reader, the webhook and the translation report; rules describe their own. */
export const inputCodes: readonly CodeDescription[] = [
  {
    code: 'dynamic-dns-inside-mesh',
    documentation:
      'With resolution DYNAMIC_DNS the proxy looks up whatever name is asked for. istiod sends a waypoint such an entry only where it lies outside the mesh: for location MESH_INTERNAL, which every Kubernetes service has a better entry for, the waypoint gets nothing. Set location MESH_EXTERNAL.',
  },
  {
    code: 'waypoint-refuses',
    documentation:
      'A waypoint says by its label istio.io/waypoint-for what it takes (services, workloads, all, none), and by its listeners from which namespaces. A service whose label names a waypoint that does not take it is reached without one: the waypoint’s policies do not apply. Change what the waypoint takes, or the label.',
  },
  {
    code: 'waypoint-unknown',
    documentation:
      'The label istio.io/use-waypoint names a Gateway that is not there, or that has no address in its status yet. Traffic goes to the service without a waypoint, and without its policies. Deploy the waypoint, or correct the label (istio.io/use-waypoint-namespace names the namespace).',
  },
  {
    code: 'waypoint-without-ambient',
    documentation:
      'Waypoints are part of the ambient mode, which istiod serves when it runs with PILOT_ENABLE_AMBIENT=true. Without, it knows no waypoint and sends one next to nothing. Set the feature in the scenario.',
  },
  {
    code: 'envoy-filter-name-taken',
    documentation:
      'A patch adds an object of a name that the proxy has already. Envoy knows one object of a name: istiod leaves one out, or Envoy refuses the other. Give the added object a name of its own.',
  },
  {
    code: 'alias-limit',
    documentation:
      'YAML aliases (`*name`) stand for whole values, and a few lines of them can stand for billions. A document beyond the limit is left out; all others are read. Write the values out.',
  },
  {
    code: 'config-dump-incomplete',
    documentation:
      'What a live proxy shows of itself leaves things out: endpoints, unless asked for, and whatever another tool has removed. The comparison is made with what is there. Take the dump with `/config_dump?include_eds`.',
  },
  {
    code: 'envoy-filter-incompatible',
    documentation:
      'MERGE needs two messages of one type. Where the patch’s value is of another type than what the proxy has there, istiod 1.30.3 gives up on the object, or on the whole push. Use the type that the proxy is sent, or REPLACE where it exists.',
  },
  {
    code: 'envoy-filter-no-effect',
    documentation:
      'Every condition of the patch’s match must hold for the same object: context, listener, filter chain, filter, route. Nothing that the proxy is sent meets them all, so the patch changes nothing, and istiod does not say so. Compare the match with the proxy’s listeners, clusters or routes.',
  },
  {
    code: 'field-duplicate',
    documentation:
      'A map in YAML has each key once. Kubernetes takes the last value, other tools the first, or none. Remove one.',
  },
  {
    code: 'gateway-conflict',
    documentation:
      'Servers of all Gateways for one workload share its ports. Two that cannot share one (TCP beside HTTP, or the same host twice) leave the later one out: its hosts are not served. The diagnostic names the server. Give it another port, or merge the servers.',
  },
  {
    code: 'invalid-encoding',
    documentation: 'Kubernetes reads UTF-8 only. The document is left out; save the file as UTF-8.',
  },
  {
    code: 'listener-refused-by-envoy',
    documentation:
      'The dump of the proxy holds an error: Envoy did not take the latest version of the listener, and serves an earlier one. What istiod sends and what happens differ until the cause is gone.',
  },
  {
    code: 'nesting-limit',
    documentation:
      'The document is nested more deeply than any resource needs, and was left out so that time and memory stay bounded. All other documents are read.',
  },
  {
    code: 'not-a-resource',
    documentation:
      'Each document needs apiVersion, kind and metadata.name. One without is no resource, and nothing is applied of it. (A values file or a template beside the manifests is the usual reason.)',
  },
  {
    code: 'not-simulated',
    documentation:
      'xdsim does not know what the kind or setting does to a proxy, and leaves it out. What it shows may differ from the cluster in that respect, which the severity reflects: `info` where the kind has no influence on what proxies are sent.',
  },
  {
    code: 'resource-duplicate',
    documentation:
      'In a cluster a name exists once for each kind and namespace: the later one replaces the earlier, as `kubectl apply` would. The earlier one has no effect. Rename one of them, or remove it.',
  },
  {
    code: 'scenario-invalid',
    documentation:
      'A value of the scenario (who asks, in which mesh) is not one that istiod knows. It is ignored, and the default is taken.',
  },
  {
    code: 'size-limit',
    documentation: 'The document is longer than a cluster would accept, and was left out.',
  },
  {
    code: 'viewpoints-limited',
    documentation:
      'Without a namespace in the scenario, lint looks from every kind of proxy that can see something else: each namespace, with and without DNS capture, and each set of labels that is selected. Beyond 32 it stops. Name a namespace (`--namespace`) to look from there.',
  },
  {
    code: 'waypoint-unknown',
    documentation:
      'A namespace or Service asks for a waypoint by its label `istio.io/use-waypoint`, but no Gateway of that name is there with an address in its status. istiod then sends the traffic past all waypoints, and none of the policies that the waypoint was to apply holds. Deploy the Gateway, or correct its name or namespace in the label.',
  },
  {
    code: 'waypoint-refuses',
    documentation:
      'The waypoint that a label names exists and does not take this traffic: its listener admits no routes from the namespace, or its label `istio.io/waypoint-for` says that it serves workloads, not services. The traffic goes past it. Admit the namespace in `allowedRoutes`, or change the label.',
  },
  {
    code: 'waypoint-without-ambient',
    documentation:
      'Waypoints belong to ambient mode, which istiod has off unless `PILOT_ENABLE_AMBIENT` is "true". Without it istiod knows of no service that uses a waypoint, and sends the waypoint next to nothing. Set the feature in the scenario.',
  },
  {
    code: 'dynamic-dns-inside-mesh',
    documentation:
      'An entry with resolution DYNAMIC_DNS has Envoy look every requested name up outside of the mesh, so a waypoint gets nothing for an entry whose location is MESH_INTERNAL. Set `spec.location: MESH_EXTERNAL`.',
  },
  {
    code: 'vip-range-exhausted',
    documentation:
      'istiod’s range for allocated addresses (240.240.0.0/16, 65,534 of them) is used up: further entries get none, and their TCP ports take every connection on the port. Set spec.addresses, or label entries that need none with `networking.istio.io/enable-autoallocate-ip: "false"`.',
  },
  {
    code: 'yaml-syntax',
    documentation:
      'The document is no YAML, at the line that is named; it is left out, and all other documents are read. An indentation, an unclosed quote, or a template that was not rendered are the usual reasons.',
  },
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
