// Runs inside a network namespace of its own, where every address is local; obeys commands of the test process.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readRequest } from '../../../src/explain/request.ts';
import type { Request } from '../../../src/model/scenario.ts';
import { hasDecided } from './access-log.ts';
import { openConnection } from './client.ts';
import { startDnsServer } from './dns-server.ts';
import { type Entry, entryFor, instrumentListeners, instrumentRoutes, watchListener } from './instrument.ts';
import { LabProxy } from './lab-proxy.ts';
import { observationOf } from './observation.ts';
import type { Answers, Command, Exchange, LabSettings, Loaded, Observation, Resources } from './protocol.ts';
import { runDemo } from './run-demo.ts';
import { Upstreams } from './upstreams.ts';

class LabProcess {
  readonly #settings: LabSettings;
  readonly #upstreams: Upstreams;
  /** The proxy that clients meet. */
  readonly #proxy: LabProxy;
  /** A second one, where the first may send connections. */
  readonly #gateway: LabProxy;
  #entries: readonly Entry[] = [];

  constructor(settings: LabSettings) {
    this.#settings = settings;
    this.#proxy = new LabProxy(settings.envoy, settings.folder);
    this.#gateway = new LabProxy(settings.envoy, path.join(settings.folder, 'gateway'));
    this.#upstreams = new Upstreams(settings.authority);
  }

  async start(): Promise<void> {
    await this.#proxy.start();
    await this.#gateway.start();
    await startDnsServer();
  }

  async obey(command: Command): Promise<Answers[Command['do']]> {
    switch (command.do) {
      case 'validate':
        return this.#validate(command.bootstrap);
      case 'load':
        return this.#load(command.resources, command.delays ?? false);
      case 'dump': {
        const loaded = await this.#proxy.load(command.resources);
        return { ...loaded, text: await this.#proxy.ask('/config_dump?include_eds') };
      }
      case 'load-gateway':
        return this.#loadGateway(command.resources);
      case 'update':
        return this.#proxy.update(await this.#prepare(command.resources));
      case 'probe':
        return this.#probe(command.requests);
      case 'exchange':
        return this.#exchange(command.requests, command.script ?? {});
      case 'sights':
        return this.#upstreams.takeSights();
      case 'stats':
        return this.#stats(command.names);
      case 'demo':
        return runDemo({ ...this.#settings, bootstrap: command.bootstrap, requests: command.requests });
      case 'unload':
        await Promise.all([this.#proxy.unload(), this.#gateway.unload()]);
        return null;
    }
  }

  async #validate(bootstrap: unknown): Promise<Answers['validate']> {
    const file = path.join(this.#settings.folder, 'validate.json');
    fs.writeFileSync(file, JSON.stringify(bootstrap));
    const args = ['--mode', 'validate', '-c', file, '--log-level', 'error', '--disable-hot-restart'];
    // A file, because listeners may log to /dev/stderr, and Envoy cannot open a pipe of Node's by that name.
    const errors = path.join(this.#settings.folder, 'validate.err');
    const stderr = fs.openSync(errors, 'w');
    const child = spawn(this.#settings.envoy, args, {
      cwd: this.#settings.folder,
      stdio: ['ignore', 'ignore', stderr],
    });
    fs.closeSync(stderr);
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { accepted: code === 0, output: fs.readFileSync(errors, 'utf8').trim() };
  }

  async #load(resources: Resources, delays: boolean): Promise<Loaded> {
    await this.#proxy.unload();
    return this.#proxy.load(await this.#prepare(resources), delays);
  }

  /** It listens where its clients expect it, so it comes before upstreams do: they take the ports that are left. */
  async #loadGateway(resources: Resources): Promise<Loaded> {
    const { listeners, routes } = resources;
    const watched = { listeners: listeners.map(watchListener), routes: routes.map(instrumentRoutes) };
    const loaded = await this.#gateway.load({ ...resources, ...watched });
    await this.#upstreams.open(portsOf(resources));
    return loaded;
  }

  async #prepare(resources: Resources): Promise<Resources> {
    const { listeners, entries } = instrumentListeners(resources.listeners);
    this.#entries = entries;
    await this.#upstreams.open(portsOf(resources));
    return { ...resources, listeners, routes: resources.routes.map(instrumentRoutes) };
  }

  async #probe(requests: readonly Request[]): Promise<readonly Observation[]> {
    await this.#upstreams.open(requests.map(({ port }) => port));
    const observations: Observation[] = [];
    // Not too many at once: a listener has only so much room for connections that wait.
    for (let at = 0; at < requests.length; at += 50) {
      const opened = await Promise.all(requests.slice(at, at + 50).map((request) => this.#open(request)));
      observations.push(...opened.map(({ observation }) => observation));
    }
    this.#proxy.checkAlive();
    this.#gateway.checkAlive();
    return observations;
  }

  async #exchange(
    requests: readonly Request[],
    script: Readonly<Record<string, readonly number[]>>,
  ): Promise<readonly Exchange[]> {
    this.#upstreams.follow(script);
    await this.#upstreams.open(requests.map(({ port }) => port));
    const exchanges: Exchange[] = [];
    for (const request of requests) {
      const { observation, answer } = await this.#open(request);
      const { status, headers, body, durationMs } = answer;
      exchanges.push({ ...observation, headers, body, durationMs, ...(status !== undefined && { status }) });
    }
    this.#proxy.checkAlive();
    this.#gateway.checkAlive();
    return exchanges;
  }

  async #stats(names: readonly string[]): Promise<Answers['stats']> {
    const lines = (await this.#proxy.ask('/stats')).split('\n');
    const values = new Map(lines.map((line) => line.split(': ') as [string, string]));
    return Object.fromEntries(names.map((name) => [name, Number(values.get(name) ?? 0)]));
  }

  async #open(request: Request): Promise<{
    readonly observation: Observation;
    readonly answer: Awaited<ReturnType<typeof openConnection>>;
  }> {
    const entry = entryFor(this.#entries, readRequest(request));
    // Nobody listens there, so the connection never reaches the proxy.
    if (!entry) return { observation: { closed: true }, answer: { headers: {}, body: '', peer: '', durationMs: 0 } };
    const answer = await openConnection(request, entry.labPort);
    const observation = observationOf(await this.#proxy.log.take(answer.peer));
    const onward = await this.#observeGateway(observation);
    return { observation: { ...observation, ...(onward && { onward }) }, answer };
  }

  /** The gateway knows a connection by the address that it left the first proxy with. */
  async #observeGateway({ connectedFrom }: Observation): Promise<Observation | undefined> {
    if (!this.#gateway.isLoaded || connectedFrom === undefined) return undefined;
    // The first proxy keeps connections for requests to come.
    return observationOf(await this.#gateway.log.take(connectedFrom, hasDecided));
  }
}

function portsOf({ clusters, endpoints }: Resources): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const [, port] of JSON.stringify([clusters, endpoints]).matchAll(/"portValue":(\d+)/g)) ports.add(Number(port));
  ports.delete(0);
  return ports;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as LabSettings;
const lab = new LabProcess(settings);
// Whoever started the lab is gone: so is everything that runs here.
process.on('disconnect', () => {
  fs.rmSync(settings.folder, { recursive: true, force: true });
  process.exit();
});
// A client that hangs up at the wrong moment makes Node's HTTP/2 server throw where nobody can catch it.
process.on('uncaughtException', (error) => {
  if (!error.stack?.includes('node:internal/http2')) throw error;
});
let queue: Promise<unknown> = lab.start().then(() => process.send?.({ ready: true }));
process.on('message', ({ id, command }: { readonly id: number; readonly command: Command }) => {
  queue = queue.then(async () => {
    try {
      process.send?.({ id, answer: await lab.obey(command) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
});
