import fs from 'node:fs';
import path from 'node:path';

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const folder = path.resolve(import.meta.dirname, '../../docs/how-we-know');

/** Counts of one test file for the page "How we know": the same on every machine, so that only changes show. */
export class Figures {
  readonly #name: string;
  readonly #counts: Record<string, Record<string, number>> = {};

  constructor(name: string) {
    this.#name = name;
  }

  count(group: string, what: string, number = 1): void {
    const counts = this.#counts[group] ?? {};
    this.#counts[group] = { ...counts, [what]: (counts[what] ?? 0) + number };
  }

  /** Groups that this run did not look at keep what an earlier run found. */
  write(): void {
    const all = readFigures();
    const own = { ...all[this.#name], ...sorted(this.#counts, (counts) => sorted(counts)) };
    const figures = sorted({ ...all, [this.#name]: sorted(own) });
    fs.writeFileSync(path.join(folder, 'figures.json'), `${JSON.stringify(figures, null, 2)}\n`);
    fs.writeFileSync(path.join(folder, 'figures.md'), renderFigures(figures));
  }
}

function readFigures(): Readonly<Record<string, Counts>> {
  const file = path.join(folder, 'figures.json');
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Readonly<Record<string, Counts>>) : {};
}

/** What the page includes. */
function renderFigures({
  cases = {},
  traffic = {},
  gateways = {},
  ads = {},
}: Readonly<Record<string, Counts>>): string {
  const columns = [...new Set(Object.values(cases).flatMap((counts) => Object.keys(counts)))];
  return [
    '<!-- Written by the suite with a real Envoy (npm run test:envoy); changes by hand are lost. -->',
    '',
    table(
      ['', ...Object.keys(cases)],
      columns.map((what) => [what, ...Object.values(cases).map((counts) => counts[what] ?? 0)]),
    ),
    '',
    'Shown with real traffic, where servers that play the upstreams tell what they saw:',
    '',
    ...Object.keys(traffic['shown'] ?? {}).map((what) => `- ${what}`),
    '',
    'Shown through a sidecar and an egress gateway, an Envoy each, where the trace over both has to name what each of them did:',
    '',
    ...Object.keys(gateways['shown'] ?? {}).map((what) => `- ${what}`),
    '',
    'Accepted in binary form as an update of a running Envoy:',
    '',
    table(['', 'resources'], Object.entries(ads['accepted after an update'] ?? {})),
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const text = (cell: string | number): string => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell);
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map(text).join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Tests finish in any order. */
function sorted<T>(record: Readonly<Record<string, T>>, each: (value: T) => T = (value) => value): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, each(value)]),
  );
}
