import { isReached, listGoals } from './bench-goals.ts';
import {
  type BenchResults,
  figure,
  type MeasuredSize,
  readBenchResults,
  resultsFile,
  sizeOf,
  type Times,
} from './bench-results.ts';
import { count, duration, kilobytes, megabytes, percent, times } from './print-figures.ts';

export interface FiguresTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface BenchFigures {
  readonly measured: BenchResults['measured'];
  readonly tables: Readonly<
    Record<
      'goals' | 'istiod' | 'sizes' | 'stages' | 'questions' | 'changes' | 'proxies' | 'commands' | 'bundles',
      FiguresTable
    >
  >;
}

export declare const data: BenchFigures;

/** The figures of the committed results, as the tables of the page. */
export default {
  watch: [`../../../${resultsFile}`],
  load(): BenchFigures {
    const results = readBenchResults();
    const large = sizeOf(results, 10_000);
    return {
      measured: results.measured,
      tables: {
        goals: goals(results),
        istiod: besideIstiod(results),
        sizes: sizes(results),
        stages: stages(large),
        questions: questions(results, large),
        changes: changes(large),
        proxies: proxies(large),
        commands: commands(results),
        bundles: bundles(results),
      },
    };
  },
};

function goals(results: BenchResults): FiguresTable {
  return {
    columns: ['goal', 'at most', 'measured', 'reached'],
    rows: listGoals(results).map((goal) => [
      goal.goal,
      goal.print(goal.limit),
      goal.print(goal.measured),
      isReached(goal) ? 'yes' : 'no',
    ]),
  };
}

/** Seconds that istiod 1.30.3 took, built from source and run on a machine of this kind. */
const istiodSeconds = {
  '1000': { parse: 0.23, index: 0.18, build: 0.21 },
  '10000': { parse: 2.2, index: 1.4, build: 2.4 },
};

const stagesOf = {
  parse: ['read', 'validate'],
  index: ['register', 'scope'],
  build: ['clusters', 'listeners', 'routes', 'endpoints', 'names'],
};

function besideIstiod(results: BenchResults): FiguresTable {
  const rows = Object.entries(istiodSeconds).map(([entries, { parse, index, build }]) => {
    const { milliseconds } = sizeOf(results, Number(entries));
    const total = (part: keyof typeof stagesOf): string =>
      duration(stagesOf[part].reduce((sum, stage) => sum + figure(milliseconds, stage), 0));
    const istiod = [parse, index, build, parse + index + build].map((seconds) => duration(seconds * 1_000));
    const own = [total('parse'), total('index'), total('build'), duration(figure(milliseconds, 'whole'))];
    return [
      ['istiod', count(Number(entries)), ...istiod],
      ['xdsim', count(Number(entries)), ...own],
    ];
  });
  return { columns: ['', 'entries', 'parse', 'index', 'build', 'together'], rows: rows.flat() };
}

function sizes({ sizes, growth }: BenchResults): FiguresTable {
  return {
    columns: ['entries', 'YAML', 'clusters', 'virtual IPv4', 'takes', '× js-yaml', 'growth', 'memory'],
    rows: Object.entries(sizes).map(([entries, { megabytes: text, sent, milliseconds, peakMegabytes }]) => {
      const whole = figure(milliseconds, 'whole');
      const grown = growth.find(({ to }) => to === Number(entries));
      return [
        count(Number(entries)),
        text < 1 ? kilobytes(text * 1e6) : megabytes(text),
        count(figure(sent, 'clusters')),
        count(figure(sent, 'addressesV4')),
        duration(whole),
        times(whole / figure(milliseconds, 'yaml')),
        grown ? times(figure(grown, 'whole')) : '',
        megabytes(peakMegabytes),
      ];
    }),
  };
}

const stageNames = {
  yaml: 'js-yaml reads the text (the unit)',
  read: 'read: text to typed resources',
  validate: 'validate: what the admission webhook refuses',
  register: 'register: services, addresses, indexes',
  scope: 'scope: what this proxy sees',
  clusters: 'clusters',
  listeners: 'listeners',
  routes: 'routes',
  endpoints: 'endpoints',
  names: 'the DNS proxy’s table',
  whole: 'the whole: text to configuration',
};

const questionNames = {
  lint: 'lint, from one namespace',
  diff: 'diff of two translations of two texts',
};

function stages({ milliseconds }: MeasuredSize): FiguresTable {
  return listTimes(milliseconds, { what: 'stage', names: stageNames, unit: 'yaml', ratio: '× js-yaml', print: times });
}

function questions(results: BenchResults, { explain, milliseconds }: MeasuredSize): FiguresTable {
  const requests = Object.entries(explain).map(([request, { first, again }]) => [
    `explain: ${request}`,
    duration(again),
    duration(first),
  ]);
  const others = Object.entries(questionNames).map(([name, label]) => [
    label,
    duration(figure(milliseconds, name)),
    '',
  ]);
  const small = [
    ['influence of each field of 10 entries', duration(figure(sizeOf(results, 10).milliseconds, 'influence')), ''],
    ['why a field of 100 entries is as it is', duration(figure(sizeOf(results, 100).milliseconds, 'why')), ''],
  ];
  return { columns: ['question', 'takes', 'the first time'], rows: [...requests, ...others, ...small] };
}

const changeNames = {
  applyField: 'a field of an entry',
  applyPort: 'its port',
  applyEndpoint: 'the address of an endpoint',
  applyLabel: 'the label of an endpoint',
  applyLocation: 'its location',
  applyHost: 'its host',
  applyAdd: 'a new entry',
  applyRemove: 'the youngest entry taken away',
  applyAddOld: 'an old entry put back, whose virtual address the younger ones took',
  applyRemoveOld: 'an old entry taken away, whose virtual address the younger ones take',
  applyRule: 'a field of a DestinationRule',
  applyRuleAdd: 'a new DestinationRule',
  applyRuleRemove: 'a DestinationRule taken away',
  applyRoutes: 'a match of a VirtualService',
  applyRoutesAdd: 'a new VirtualService',
  applyRoutesRemove: 'a VirtualService taken away',
  diffOfVersions: 'diff of the versions before and after a change',
};

const proxyNames = {
  furtherProxyAlike: 'a proxy of a kind that was seen already',
  furtherProxyUnlike: 'a proxy with other labels, in another namespace and locality',
};

function changes({ incremental }: MeasuredSize): FiguresTable {
  return listTimes(incremental, {
    what: 'change',
    names: changeNames,
    unit: 'full',
    ratio: 'of a full translation',
    print: percent,
  });
}

function proxies({ incremental }: MeasuredSize): FiguresTable {
  return listTimes(incremental, {
    what: 'proxy',
    names: proxyNames,
    unit: 'full',
    ratio: 'of a full translation',
    print: percent,
  });
}

const commandNames = {
  node: 'node -e 0',
  help: 'xdsim --help',
  translate: 'xdsim translate',
  explain: 'xdsim explain',
  lint: 'xdsim lint',
  why: 'xdsim explain --why',
};

function commands({ coldStart }: BenchResults): FiguresTable {
  return listTimes(coldStart, {
    what: 'command',
    names: commandNames,
    unit: 'node',
    ratio: '× node -e 0',
    print: times,
  });
}

const bundleNames = {
  core: 'core: from accepted resources to what a sidecar is sent',
  sidecar: 'and EnvoyFilters',
  translate: 'and reading, validation, gateways, waypoints: all that translate does',
  library: 'and explain, lint, diff, influence, …: everything',
};

function bundles({ bundles }: BenchResults): FiguresTable {
  return {
    columns: ['part', 'Brotli', 'gzip'],
    rows: Object.entries(bundleNames).flatMap(([name, label]) => {
      const bundle = bundles[name];
      return bundle ? [[label, kilobytes(bundle.brotli), kilobytes(bundle.gzip)]] : [];
    }),
  };
}

interface TimesTable {
  readonly what: string;
  /** What each of the times is called on the page. */
  readonly names: Readonly<Record<string, string>>;
  /** Which of the times the others are compared with. */
  readonly unit: string;
  readonly ratio: string;
  readonly print: (ratio: number) => string;
}

function listTimes(milliseconds: Times | undefined, { what, names, unit, ratio, print }: TimesTable): FiguresTable {
  const rows = Object.entries(names).map(([name, label]) => {
    const time = figure(milliseconds, name);
    return [label, duration(time), print(time / figure(milliseconds, unit))];
  });
  return { columns: [what, 'takes', ratio], rows };
}
