import fs from 'node:fs';
import path from 'node:path';

/** Counts that a test file writes for the page "How we know"; the same on every machine. */
export class Figures {
  static readonly folder = path.resolve(import.meta.dirname, '../../docs/how-we-know/figures');
  readonly #file: string;
  readonly #counts: Record<string, Record<string, number>> = {};

  constructor(name: string) {
    this.#file = path.join(Figures.folder, `${name}.json`);
  }

  count(group: string, what: string, number = 1): void {
    const counts = this.#counts[group] ?? {};
    this.#counts[group] = { ...counts, [what]: (counts[what] ?? 0) + number };
  }

  write(): void {
    fs.mkdirSync(Figures.folder, { recursive: true });
    fs.writeFileSync(this.#file, `${JSON.stringify(this.#counts, null, 2)}\n`);
  }
}
