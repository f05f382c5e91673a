const inputOptions = `Input
  -f, --file FILE|DIR|-     manifests: a file, a folder (read recursively: .yaml, .yml, .json), or standard input; may be repeated
      --scenario FILE       who asks and in which mesh (YAML or JSON): proxy, meshConfig, features, istioVersion
      --namespace NAME      namespace of the proxy (default: default)
      --proxy-labels A=B,…  labels of the proxy
      --proxy-type TYPE     sidecar, router or waypoint (default: sidecar)
      --istio-version V     1.29, 1.30 or 1.31 (default: 1.30)
      --dns-capture         the proxy answers DNS itself, so automatically allocated addresses count
      --registry-only       block destinations that no resource registers
`;

const texts: Readonly<Record<string, string>> = {
  translate: `Usage: xdsim translate -f FILE|DIR|- [options]

Shows what istiod sends to one proxy.

${inputOptions}
Output
  -t, --type TYPES          any of clusters,listeners,routes,endpoints,names (default: all)
  -o, --output FORMAT       table, yaml or json (default: table)

Examples
  xdsim translate -f golden/guide/pattern-4-multiple-ports/input.yaml
  xdsim translate -f manifests/ --namespace payments -t clusters -o yaml
`,
  lint: `Usage: xdsim lint -f FILE|DIR|- [options]

Says what is wrong with the manifests, by what they do to the proxies' configuration. Without --namespace (or a proxy's
namespace in the scenario) it looks from a proxy in every namespace that appears, with and without DNS capture.

${inputOptions}
Output
  -o, --output FORMAT       text, json, github (annotations) or sarif (2.1.0) (default: text)
      --fail-on SEVERITY    exit with 1 from this severity on: error, warning or info (default: error)
      --ignore CODE,…       leave these codes out; may be repeated. For one resource: annotation xdsim.dev/ignore: CODE,…

Examples
  xdsim lint -f manifests/
  xdsim lint -f manifests/ --fail-on warning -o sarif > xdsim.sarif
`,
  envoy: `Usage: xdsim envoy -f FILE|DIR|- [-o FILE] [options]

Writes a configuration file that a stock Envoy runs. What only Istio's own build of Envoy understands is left out and
listed on standard error, and in a comment where FILE ends in .yaml.

${inputOptions}
Envoy
  -o, --output FILE         where to write it: JSON, or YAML where FILE ends in .yaml (default: standard output)
      --demo                everything on 127.0.0.1, without interception, and with upstreams that answer what they saw
      --admin PORT|PATH     Envoy's administration interface (default: the socket envoy-admin.sock)
      --certificate FILE    certificate (PEM) in place of the proxy's own (default: one made for the purpose)
      --private-key FILE    its key
      --trusted-ca FILE     who signs the peers' certificates (default: peers are not verified)

Example
  xdsim envoy -f golden/guide/pattern-4-multiple-ports/input.yaml --demo -o envoy.json && envoy -c envoy.json
`,
  explain: `Usage: xdsim explain -f FILE|DIR|- URL [options]
       xdsim explain --config-dump FILE|- URL [options]
       xdsim explain -f FILE|DIR|- --why PATH | --effect FIELD [options]

Follows one request: what its name resolves to, and which listener, filter chain, route, cluster and endpoint take it,
and why. Or says which fields of the input shape an output, by trying other values for them; and the reverse.

${inputOptions}      --config-dump FILE|-  instead of manifests, a live proxy's configuration: Envoy's /config_dump?include_eds,
                            or "istioctl proxy-config all POD -o json"

Request
  URL                       http://host:8080/path, https://host/, tcp://10.0.0.5:5432, tls://host:8443, http2://host
  -H, --header 'A: B'       a header; Host chooses the virtual host; may be repeated
  -X, --request METHOD      the method (default: GET)
      --address IP          where to connect, whatever the name resolves to
      --sni NAME            another server name in the TLS ClientHello
      --alpn A,B            application protocols in the TLS ClientHello
      --via NAMESPACE/NAME  the gateway's Service, where the manifests do not tell whose address an endpoint is;
                            gateways and waypoints in the manifests are followed by themselves
  -v, --verbose             also what was not taken, and why
  -o, --output FORMAT       text, json, mermaid or markdown (default: text)

Question
      --why PATH            why an output is as it is, or why it is not there: clusters[outbound|443||a.example.com].type,
                            listeners[0.0.0.0_443], names[a.example.com].ips
      --effect FIELD        what a field of the input does: spec.resolution, ServiceEntry/api:spec.hosts, api.yaml:12
  -o, --output FORMAT       text or json (default: text)

Exit status: 0 the request arrives, or the question has an answer; 1 it fails, there is none, or the input has errors;
2 wrong usage or unreadable input.

Examples
  xdsim explain -f golden/wildcard-egress/dynamic-dns/input.yaml https://en.wikipedia.org/
  xdsim explain -f golden/guide/tls-origination/input.yaml --why 'clusters[outbound|443||api.external-service.com].transportSocket'
`,
  diff: `Usage: xdsim diff BEFORE AFTER [options]
       xdsim diff -f FILE|DIR|- --from-version V --to-version V [options]
       xdsim diff -f FILE|DIR|- --config-dump FILE [options]

Says what changes for the proxies: between two inputs, between two versions of Istio, or from what a live proxy has to
what it would get. Without --namespace (or a proxy's namespace in the scenario) it looks from a proxy in every namespace
that appears, with and without DNS capture; with --config-dump from the proxy that was dumped.

${inputOptions}
Comparison
      --from-version V      Istio before the upgrade: 1.29, 1.30 or 1.31
      --to-version V        Istio after it
      --config-dump FILE|-  answer of Envoy's /config_dump?include_eds, or of istioctl proxy-config all -o json
  -o, --output FORMAT       text, json or markdown (default: text)
  -v, --verbose             every resource and field instead of the first ones

Exit status: 0 no difference, 1 differences, 2 wrong usage or unreadable input.

Examples
  xdsim diff main/manifests manifests
  xdsim diff -f manifests --from-version 1.29 --to-version 1.31 -o markdown
`,
  golden: `Usage: xdsim golden check|update DIR [options]

Compares the golden files of every case below DIR with what the proxies would get today, or rewrites them.

A case is a folder with input.yaml, or with a folder input of manifests, and optionally scenario.yaml: proxy, meshConfig,
features, istioVersion; requests to explain, as URLs or objects; proxies, a map from a name to a proxy, each of which gets
a folder of its own. "update" is refused where CI is set. Nothing outside of DIR is read or written.

  -o, --output FORMAT       of check: text, json, github (annotations), junit or markdown (default: text)
      --watch               keep looking, and do it again for each case whose input changes

Examples
  xdsim golden update golden/
  xdsim golden check golden/ -o github
`,
};

const overview = `xdsim simulates offline what istiod sends to an Envoy proxy.

Usage: xdsim COMMAND [options]

Commands
  translate   manifests in, Envoy's clusters, listeners, routes, endpoints and DNS names out
  lint        what is wrong with the manifests
  explain     where a request goes and why; which input shapes an output
  diff        what changes: two inputs, two versions of Istio, a live proxy
  envoy       a configuration file that a stock Envoy runs
  golden      golden files: check in CI, update by hand

Run "xdsim COMMAND --help" for the options of one command, "xdsim --version" for the version.
Exit status: 0 nothing to report, 1 differences or errors found, 2 wrong usage or unreadable input.
`;

export function usage(command?: string): string {
  return (command !== undefined && texts[command]) || overview;
}
