import fs from 'node:fs';
import path from 'node:path';
import { AccessLog } from './access-log.ts';
import { AdsServer } from './ads-server.ts';
import { EnvoyProcess } from './envoy-process.ts';
import { accessLogFile } from './instrument.ts';
import type { Loaded, Resources } from './protocol.ts';

/** One Envoy of a lab, with the discovery service that feeds it and the access log that it writes. */
export class LabProxy {
  readonly log: AccessLog;
  readonly #binary: string;
  readonly #folder: string;
  readonly #ads = new AdsServer();
  #envoy: EnvoyProcess | undefined;

  constructor(binary: string, folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    this.#binary = binary;
    this.#folder = folder;
    this.log = new AccessLog(path.join(folder, accessLogFile));
  }

  async start(): Promise<void> {
    await this.#ads.listen(this.#discovery);
  }

  get isLoaded(): boolean {
    return this.#envoy !== undefined;
  }

  /** Starts an Envoy, the former one being gone. */
  async load(resources: Resources, delays = false): Promise<Loaded> {
    await this.unload();
    this.#ads.serve(resources);
    this.log.clear();
    this.#envoy = new EnvoyProcess({
      binary: this.#binary,
      folder: this.#folder,
      discovery: this.#discovery,
      delays,
    });
    await this.#envoy.ready();
    return this.#settle();
  }

  /** Other resources for the Envoy that runs. */
  async update(resources: Resources): Promise<Loaded> {
    this.#ads.serve(resources);
    return this.#settle();
  }

  async unload(): Promise<void> {
    await this.#envoy?.stop();
    this.#envoy = undefined;
    this.#ads.reset();
  }

  /** Throws where Envoy is gone. */
  checkAlive(): void {
    this.#envoy?.checkAlive();
  }

  /** Asks the administration interface. */
  async ask(target: string): Promise<string> {
    return this.#envoy?.ask(target) ?? '';
  }

  get #discovery(): string {
    return path.join(this.#folder, 'xds.sock');
  }

  async #settle(): Promise<Loaded> {
    const end = Date.now() + 10_000;
    while (!this.#ads.settled) {
      if (Date.now() > end) throw new Error(`Envoy does not answer what it was sent: ${this.#envoy?.errors}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return this.#ads.outcome;
  }
}
