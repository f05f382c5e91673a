import type { Answer, Question, Topic } from './protocol.ts';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

type Reply = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string });

/** Asks a worker of its own, so that typing never waits for a translation. */
export class SimulationClient {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  ask<T extends Topic>(topic: T, question: Question<T>): Promise<Answer<T>> {
    const id = ++this.lastId;
    this.worker ??= this.start();
    this.worker.postMessage({ id, topic, question });
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** Stops whatever is being computed; what was asked is never answered. The next question starts anew. */
  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.waiting.clear();
  }

  private start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'xdsim' });
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ('error' in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.answer as never);
    });
    worker.addEventListener('error', (event) => {
      for (const { reject } of this.waiting.values()) reject(new Error(event.message || 'the simulation did not load'));
      this.waiting.clear();
    });
    return worker;
  }
}
