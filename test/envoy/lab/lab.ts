import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { networkScript } from './namespace.ts';
import type { Answers, Command, LabSettings } from './protocol.ts';

type CommandOf<D extends Command['do']> = Extract<Command, { readonly do: D }>;
type Reply = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string });

/** A network namespace of its own with one Envoy, its xDS server, and servers that play every upstream. */
export class Lab {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  #next = 0;

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.on('message', (message: Reply) => this.#receive(message));
    process.on('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the lab ended with ${code}`));
      this.#waiting.clear();
    });
  }

  static async start(): Promise<Lab> {
    const { namespace, script, folder: home, envoy, authority } = inject('lab');
    const folder = fs.mkdtempSync(path.join(home, 'lab-'));
    const settings: LabSettings = { envoy, folder, authority };
    // The namespace comes first, then its network, then whoever works in it.
    const inside = 'python3 "$1" && exec "$2" "$3" "$4"';
    const child = spawn(
      'unshare',
      [...namespace, 'sh', '-c', inside, 'sh', networkScript, process.execPath, script, JSON.stringify(settings)],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`the lab did not start: ${code}`)));
    });
    return new Lab(child);
  }

  ask<D extends Command['do']>(command: CommandOf<D>): Promise<Answers[D]> {
    if (!this.#process.connected) return Promise.reject(new Error('the lab has ended'));
    const id = this.#next++;
    return new Promise<Answers[D]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, command });
    });
  }

  /** Ends the lab; it takes everything that it started with it. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.disconnect();
    await ended;
  }

  #receive(message: Reply): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.answer as never);
  }
}
