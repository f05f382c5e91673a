import fs from 'node:fs';
import type { LogLine } from './instrument.ts';

/** Reads what Envoy writes to its access log, as it comes, sorted by connection. */
export class AccessLog {
  readonly #file: string;
  readonly #lines = new Map<string, LogLine[]>();
  #offset = 0;

  constructor(file: string) {
    this.#file = file;
  }

  clear(): void {
    fs.rmSync(this.#file, { force: true });
    this.#lines.clear();
    this.#offset = 0;
  }

  /** The lines of one connection, once its story is complete. */
  async take(peer: string, isComplete: (lines: readonly LogLine[]) => boolean = isOver): Promise<readonly LogLine[]> {
    let end = Date.now() + patienceMs;
    let over = false;
    for (;;) {
      this.#read();
      const lines = this.#lines.get(peer) ?? [];
      if (isComplete(lines) || Date.now() > end) {
        this.#lines.delete(peer);
        return lines;
      }
      if (!over && lines.some(({ source }) => source === 'listener')) {
        // The connection is over; what its filters say may come a little later, and not every filter says something.
        over = true;
        end = Math.min(end, Date.now() + 400);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  #read(): void {
    if (!fs.existsSync(this.#file)) return;
    const { size } = fs.statSync(this.#file);
    if (size === this.#offset) return;
    const added = Buffer.alloc(size - this.#offset);
    const file = fs.openSync(this.#file, 'r');
    fs.readSync(file, added, 0, added.length, this.#offset);
    fs.closeSync(file);
    // The last line may still be on its way.
    const complete = added.subarray(0, added.lastIndexOf(0x0a) + 1);
    this.#offset += complete.length;
    for (const text of complete.toString().split('\n')) {
      if (text !== '') this.#add(JSON.parse(text) as LogLine);
    }
  }

  #add(line: LogLine): void {
    const lines = this.#lines.get(line.peer);
    if (lines) lines.push(line);
    else this.#lines.set(line.peer, [line]);
  }
}

const patienceMs = 1_500;

/** A filter told where it led a connection or a request, whether or not the connection goes on. */
export function hasDecided(lines: readonly LogLine[]): boolean {
  return lines.some(({ source, filterChain }) => source !== 'listener' || filterChain === null);
}

function isOver(lines: readonly LogLine[]): boolean {
  const listener = lines.find(({ source }) => source === 'listener');
  return listener !== undefined && (listener.filterChain === null || lines.length > 1);
}
