import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { encode, resourceMessages } from '../../../src/xds/protobuf.ts';
import type { Cluster } from '../../../src/xds/types.ts';
import {
  type DiscoveryRequest,
  type DiscoveryResponse,
  decodeDiscoveryRequest,
  type EncodedResource,
  encodeDiscoveryResponse,
} from './discovery-messages.ts';
import type { Loaded, Refusal, Resources } from './protocol.ts';

type Section = keyof Resources;
type Stream = ServerDuplexStream<DiscoveryRequest, DiscoveryResponse>;

const sections = ['clusters', 'endpoints', 'listeners', 'routes'] as const satisfies readonly Section[];
const typeUrlOf = (section: Section): string => `type.googleapis.com/${resourceMessages[section]}`;
const sectionOf = new Map(sections.map((section) => [typeUrlOf(section), section]));
/** Envoy asks for these by name. */
const named: readonly Section[] = ['endpoints', 'routes'];

/** Serves resources in binary form over the aggregated discovery service, state of the world, to one Envoy at a time. */
export class AdsServer {
  readonly #server = new Server();
  #resources: Readonly<Record<Section, ReadonlyMap<string, EncodedResource>>> = encodeAll({
    clusters: [],
    listeners: [],
    routes: [],
    endpoints: [],
  });
  #needEndpoints: ReadonlySet<string> = new Set();
  #version = 0;
  #nonce = 0;
  #stream: Stream | undefined;
  #asked = new Map<Section, ReadonlySet<string>>();
  /** What was sent and not answered yet, by nonce. */
  #outstanding = new Map<string, { readonly section: Section; readonly names: readonly string[] }>();
  #accepted = new Map<Section, Set<string>>();
  #refusals: Refusal[] = [];

  async listen(socket: string): Promise<void> {
    this.#server.addService(
      {
        stream: {
          path: '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources',
          requestStream: true,
          responseStream: true,
          requestSerialize: () => Buffer.alloc(0),
          requestDeserialize: decodeDiscoveryRequest,
          responseSerialize: encodeDiscoveryResponse,
          responseDeserialize: () => undefined,
        },
      },
      { stream: (stream: Stream) => this.#attend(stream) },
    );
    await new Promise<void>((resolve, reject) => {
      this.#server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  /** What the next Envoy gets, and the one that is connected at once. */
  serve(resources: Resources): void {
    this.#resources = encodeAll(resources);
    this.#needEndpoints = new Set(resources.clusters.flatMap(servedEndpointsOf));
    this.#version++;
    this.#accepted = new Map(sections.map((section) => [section, new Set()]));
    this.#refusals = [];
    for (const section of sections) if (this.#asked.has(section)) this.#send(section);
  }

  /** Envoy has answered everything that it was sent. */
  get settled(): boolean {
    return this.#stream !== undefined && this.#outstanding.size === 0 && this.#asked.has('listeners');
  }

  get outcome(): Loaded {
    const count = (section: Section): number => this.#accepted.get(section)?.size ?? 0;
    return {
      // Envoy reports in any order.
      refusals: [...this.#refusals].sort((a, b) => (a.resource < b.resource ? -1 : 1)),
      accepted: Object.fromEntries(sections.map((section) => [section, count(section)])) as Loaded['accepted'],
    };
  }

  /** Forgets the Envoy that was connected. */
  reset(): void {
    this.#stream?.end();
    this.#stream = undefined;
    this.#asked = new Map();
    this.#outstanding = new Map();
  }

  close(): void {
    this.#server.forceShutdown();
  }

  #attend(stream: Stream): void {
    this.reset();
    this.#stream = stream;
    stream.on('error', () => undefined);
    stream.on('data', (request: DiscoveryRequest) => {
      if (stream === this.#stream) this.#answer(request);
    });
  }

  #answer(request: DiscoveryRequest): void {
    const section = sectionOf.get(request.typeUrl);
    if (!section) return;
    const sent = this.#outstanding.get(request.responseNonce);
    if (sent) {
      this.#outstanding.delete(request.responseNonce);
      this.#record(section, sent.names, request.errorDetail?.message);
    }
    const before = this.#asked.get(section);
    const names = new Set(request.resourceNames);
    this.#asked.set(section, names);
    if (!named.includes(section)) {
      if (!before) this.#send(section);
      return;
    }
    const added = [...names].filter((name) => !before?.has(name));
    if (added.length > 0) this.#send(section, added);
  }

  #record(section: Section, names: readonly string[], error: string | undefined): void {
    const refused = error === undefined ? [] : readRefusals(section, names, error);
    this.#refusals.push(...refused);
    const refusedNames = new Set(refused.map(({ resource }) => resource));
    const accepted = this.#accepted.get(section);
    for (const name of names) if (!refusedNames.has(`${section.slice(0, -1)} ${name}`)) accepted?.add(name);
  }

  /** Routes and endpoints go one by one: a refused one must not take others of the same answer with it. */
  #send(section: Section, names: Iterable<string> = this.#asked.get(section) ?? []): void {
    const all = this.#resources[section];
    if (!named.includes(section)) {
      this.#write(section, [...all.values()]);
      return;
    }
    for (const name of names) {
      // Envoy still asks for the endpoints of a cluster that was just taken away.
      if (section === 'endpoints' && !this.#needEndpoints.has(name)) continue;
      const resource = all.get(name) ?? (this.#needEndpoints.has(name) ? emptyAssignment(name) : undefined);
      if (resource) this.#write(section, [resource]);
    }
  }

  #write(section: Section, resources: readonly EncodedResource[]): void {
    const nonce = String(++this.#nonce);
    this.#outstanding.set(nonce, { section, names: resources.map(({ name }) => name) });
    this.#stream?.write({ versionInfo: String(this.#version), typeUrl: typeUrlOf(section), nonce, resources });
  }
}

/** The name under which a cluster asks for its endpoints. */
function servedEndpointsOf({ name, type, edsClusterConfig }: Cluster): readonly string[] {
  return type === 'EDS' ? [edsClusterConfig?.serviceName ?? name] : [];
}

/** istiod answers so too when it is asked for endpoints that it does not have. */
function emptyAssignment(clusterName: string): EncodedResource {
  return {
    name: clusterName,
    typeUrl: typeUrlOf('endpoints'),
    value: encode(resourceMessages.endpoints, { clusterName }),
  };
}

function encodeAll(resources: Resources): Readonly<Record<Section, ReadonlyMap<string, EncodedResource>>> {
  const encoded = <S extends Section>(section: S): ReadonlyMap<string, EncodedResource> =>
    new Map(
      resources[section].map((resource) => {
        const name = 'name' in resource ? resource.name : (resource as { clusterName: string }).clusterName;
        const value = encode(resourceMessages[section], resource as never);
        return [name, { name, typeUrl: typeUrlOf(section), value }];
      }),
    );
  return {
    clusters: encoded('clusters'),
    listeners: encoded('listeners'),
    routes: encoded('routes'),
    endpoints: encoded('endpoints'),
  };
}

/** Envoy reports all refused resources of one answer in a single text, each as `name: reason`. */
function readRefusals(section: Section, names: readonly string[], error: string): readonly Refusal[] {
  const kind = section.slice(0, -1);
  const found = names
    .map((name) => ({ name, at: positionOf(`${name}: `, error) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (found.length === 0) return names.map((name) => ({ resource: `${kind} ${name}`, reason: error.trim() }));
  return found.map(({ name, at }, index) => ({
    resource: `${kind} ${name}`,
    reason: error
      .slice(at + name.length + 2, found[index + 1]?.at)
      .replace(/[\s,]+$/, '')
      // Names the address that the lab moved the listener to.
      .replace(/^error adding listener '[^']*': /, ''),
  }));
}

/** Where a name begins a piece of the text: `a.example.com: ` also ends `x.a.example.com: `. */
function positionOf(piece: string, text: string): number {
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
    if (at === 0 || /[\s,]/.test(text[at - 1] ?? '')) return at;
  }
  return -1;
}
