import os from 'node:os';
import { Lab } from './lab.ts';

/** Hands out a few labs in turn. */
export class LabPool {
  readonly #free: Lab[];
  readonly #all: readonly Lab[];
  readonly #queue: ((lab: Lab) => void)[] = [];

  private constructor(labs: readonly Lab[]) {
    this.#all = labs;
    this.#free = [...labs];
  }

  static async start(size = os.availableParallelism()): Promise<LabPool> {
    return new LabPool(await Promise.all(Array.from({ length: size }, () => Lab.start())));
  }

  async use<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
    const lab = this.#free.pop() ?? (await new Promise<Lab>((resolve) => this.#queue.push(resolve)));
    try {
      return await work(lab);
    } finally {
      const next = this.#queue.shift();
      if (next) next(lab);
      else this.#free.push(lab);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#all.map((lab) => lab.stop()));
  }
}
