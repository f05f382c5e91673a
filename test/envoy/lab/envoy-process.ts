import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { internalListenerExtension, istioRuntime } from '../../../src/envoy/bootstrap.ts';

/** Common to every start: one worker thread, no shared memory, access logs at once. */
const flags = [
  '--concurrency',
  '1',
  '--disable-hot-restart',
  '--log-level',
  'error',
  '--file-flush-interval-msec',
  '2',
];

export interface EnvoySettings {
  readonly binary: string;
  readonly folder: string;
  /** Socket of the discovery service. */
  readonly discovery: string;
  /** Delays of fault injection take place; they are left out otherwise. */
  readonly delays: boolean;
}

/** A running Envoy that gets everything over ADS. */
export class EnvoyProcess {
  readonly #process: ChildProcess;
  readonly #admin: string;
  readonly #errorFile: string;
  #exit: number | string | undefined;

  constructor({ binary, folder, discovery, delays }: EnvoySettings) {
    this.#admin = path.join(folder, 'admin.sock');
    fs.rmSync(this.#admin, { force: true });
    const config = path.join(folder, 'bootstrap.json');
    fs.writeFileSync(config, JSON.stringify(adsBootstrap({ admin: this.#admin, discovery, delays })));
    // A file, because access logs may go to /dev/stderr, and Envoy cannot open a pipe of Node's by that name.
    this.#errorFile = path.join(folder, 'envoy.err');
    const stderr = fs.openSync(this.#errorFile, 'w');
    this.#process = spawn(binary, ['-c', config, ...flags], { cwd: folder, stdio: ['ignore', 'ignore', stderr] });
    fs.closeSync(stderr);
    this.#process.on('exit', (code, signal) => {
      this.#exit = code ?? signal ?? 'unknown';
    });
  }

  get errors(): string {
    return fs.readFileSync(this.#errorFile, 'utf8').slice(-3000);
  }

  /** Resolves when everything was fetched, initialized, and listeners listen. */
  async ready(timeoutMs = 20_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (this.#exit === undefined) {
      const answer = await this.ask('/ready').catch(() => '');
      if (answer.startsWith('LIVE')) return;
      if (Date.now() > end) throw new Error(`Envoy does not get ready: ${await this.#whatIsMissing()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.checkAlive();
  }

  /** Throws where Envoy is gone. */
  checkAlive(): void {
    if (this.#exit !== undefined) throw new Error(`Envoy ended with ${this.#exit}: ${this.errors}`);
  }

  /** Asks the administration interface. */
  ask(target: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = http.get({ socketPath: this.#admin, path: target, agent: false, timeout: 5_000 }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve(body));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.on('timeout', () => request.destroy(new Error('timeout')));
    });
  }

  async stop(): Promise<void> {
    if (this.#exit !== undefined) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #whatIsMissing(): Promise<string> {
    return `${await this.ask('/init_dump').catch(String)} ${this.errors}`;
  }
}

function adsBootstrap({ admin, discovery, delays }: { admin: string; discovery: string; delays: boolean }): unknown {
  const ads = { ads: {}, resourceApiVersion: 'V3' };
  const server = { endpoint: { address: { pipe: { path: discovery } } } };
  return {
    node: { id: 'xdsim', cluster: 'xdsim' },
    admin: { address: { pipe: { path: admin } } },
    dynamicResources: {
      adsConfig: {
        apiType: 'GRPC',
        transportApiVersion: 'V3',
        grpcServices: [{ envoyGrpc: { clusterName: 'xds-grpc' } }],
      },
      cdsConfig: ads,
      ldsConfig: ads,
    },
    staticResources: {
      clusters: [
        {
          name: 'xds-grpc',
          typedExtensionProtocolOptions: {
            'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
              '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
              explicitHttpConfig: { http2ProtocolOptions: {} },
            },
          },
          loadAssignment: { clusterName: 'xds-grpc', endpoints: [{ lbEndpoints: [server] }] },
        },
      ],
    },
    bootstrapExtensions: [internalListenerExtension],
    layeredRuntime: {
      layers: [
        ...istioRuntime.layers,
        // A delay changes when a request arrives, not where.
        ...(delays ? [] : [{ name: 'lab', staticLayer: { 'fault.http.delay.fixed_delay_percent': 0 } }]),
      ],
    },
  };
}
