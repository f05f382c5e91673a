import type { Section } from '../diff/difference.ts';
import type { IstioVersion, Scenario } from '../model/scenario.ts';
import { isSection } from '../print/section-views.ts';
import { ExampleError } from './example-error.ts';

/** One request to follow, and where the author says it ends. */
export interface ExpectedTrace {
  readonly url: string;
  /** Where the connection goes, whatever the name resolves to. */
  readonly address?: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The cluster, the response flag or the outcome that the trace must end with; `to` may be a weighted cluster. */
  readonly to?: string;
  readonly flag?: string;
  readonly outcome?: string;
}

/** What the words behind `xdsim` in a fence ask for. */
export interface ExampleOptions {
  readonly id?: string;
  /** The example on the same page whose manifests come before these. */
  readonly from?: string;
  readonly title?: string;
  /** Tables, in this order. */
  readonly sections: readonly Section[];
  /** Parts of the output to show as YAML: `clusters["outbound|443||a.example.com"].outlierDetection`. */
  readonly picks: readonly string[];
  readonly traces: readonly ExpectedTrace[];
  /** Codes of diagnostics that the text is about; any other error or warning breaks the example. */
  readonly diagnostics: readonly string[];
  /** Tables also show what every proxy of the mesh gets. */
  readonly all: boolean;
  /** Another Istio version to compare with. */
  readonly compare?: IstioVersion;
  readonly hidden: boolean;
  readonly scenario: Scenario;
}

/**
 * Reads the words of a fence's info string: `yaml xdsim explain=https://a.example.com/ to=PassthroughCluster clusters`.
 * Undefined where the fence is none of ours. A word that is not known throws: a mistyped option would silently show
 * something else than the author meant.
 */
export function parseExampleOptions(info: string): ExampleOptions | undefined {
  const [language, marker, ...words] = splitWords(info);
  if (marker !== 'xdsim' || (language !== 'yaml' && language !== 'yml' && language !== 'json')) return undefined;
  const options = new OptionsBuilder();
  for (const word of words) {
    const equals = word.indexOf('=');
    options.add(equals === -1 ? word : word.slice(0, equals), equals === -1 ? undefined : word.slice(equals + 1));
  }
  return options.build();
}

/** Words are separated by spaces; quotes keep spaces together: `header="x-user: a b"`. */
function splitWords(info: string): readonly string[] {
  return (info.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) =>
    word.replace(/^([\w-]+=)?(["'])(.*)\2$/s, '$1$3'),
  );
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class OptionsBuilder {
  private readonly options: Mutable<Pick<ExampleOptions, 'id' | 'from' | 'title' | 'compare'>> = {};
  private readonly sections: Section[] = [];
  private readonly picks: string[] = [];
  private readonly traces: Mutable<ExpectedTrace>[] = [];
  private readonly diagnostics: string[] = [];
  private readonly flags = new Set<string>();
  private readonly proxy: Mutable<NonNullable<Scenario['proxy']>> = {};
  private readonly meshConfig: Record<string, unknown> = {};
  private readonly features: Record<string, string> = {};
  private version: IstioVersion | undefined;

  add(name: string, value: string | undefined): void {
    if (value === undefined) this.addFlag(name);
    else this.addValue(name, value);
  }

  private addFlag(name: string): void {
    if (isSection(name)) this.sections.push(name);
    else if (name === 'all' || name === 'hidden') this.flags.add(name);
    else if (name === 'dns-capture') this.proxy.metadata = { ...this.proxy.metadata, DNS_CAPTURE: 'true' };
    else if (name === 'registry-only') this.meshConfig['outboundTrafficPolicy'] = { mode: 'REGISTRY_ONLY' };
    else throw new ExampleError(`"${name}" is not an option of an xdsim example.`);
  }

  private addValue(name: string, value: string): void {
    switch (name) {
      case 'id':
      case 'from':
      case 'title':
        this.options[name] = value;
        return;
      case 'pick':
        this.picks.push(value);
        return;
      case 'explain':
        this.traces.push({ url: value, headers: {} });
        return;
      case 'to':
      case 'flag':
      case 'outcome':
      case 'method':
      case 'address':
        this.lastTrace(name)[name] = value;
        return;
      case 'header':
        this.addHeader(value);
        return;
      case 'diagnostics':
        this.diagnostics.push(...value.split(','));
        return;
      default:
        this.addScenario(name, value);
    }
  }

  private addScenario(name: string, value: string): void {
    switch (name) {
      case 'namespace':
      case 'name':
      case 'ip':
        this.proxy[name] = value;
        return;
      case 'type':
        this.proxy.type = value as NonNullable<NonNullable<Scenario['proxy']>['type']>;
        return;
      case 'locality':
        this.proxy.locality = value;
        return;
      case 'labels':
        this.proxy.labels = pairsOf(name, value);
        return;
      case 'metadata':
        this.proxy.metadata = { ...this.proxy.metadata, ...pairsOf(name, value) };
        return;
      case 'feature':
        Object.assign(this.features, pairsOf(name, value));
        return;
      case 'mesh':
        Object.assign(this.meshConfig, parseJson(value));
        return;
      case 'version':
        this.version = value as IstioVersion;
        return;
      case 'compare':
        this.options.compare = value as IstioVersion;
        return;
      default:
        throw new ExampleError(`"${name}=" is not an option of an xdsim example.`);
    }
  }

  private addHeader(text: string): void {
    const colon = text.indexOf(':');
    if (colon < 1) throw new ExampleError(`header="${text}": write header="name: value".`);
    const trace = this.lastTrace('header');
    trace.headers = { ...trace.headers, [text.slice(0, colon).trim()]: text.slice(colon + 1).trim() };
  }

  private lastTrace(name: string): Mutable<ExpectedTrace> {
    const trace = this.traces.at(-1);
    if (!trace) throw new ExampleError(`"${name}=" follows explain=, of which it says more.`);
    return trace;
  }

  build(): ExampleOptions {
    const shown = this.sections.length + this.picks.length + this.traces.length + this.diagnostics.length;
    return {
      ...this.options,
      sections: shown === 0 && !this.options.compare ? ['clusters', 'listeners', 'routes'] : this.sections,
      picks: this.picks,
      traces: this.traces,
      diagnostics: this.diagnostics,
      all: this.flags.has('all'),
      hidden: this.flags.has('hidden'),
      scenario: {
        ...(this.version && { istioVersion: this.version }),
        ...(Object.keys(this.proxy).length > 0 && { proxy: this.proxy }),
        ...(Object.keys(this.meshConfig).length > 0 && { meshConfig: this.meshConfig }),
        ...(Object.keys(this.features).length > 0 && { features: this.features }),
      },
    };
  }
}

function pairsOf(name: string, text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1)
        throw new ExampleError(`${name}="${text}": write ${name}=key=value, several with commas between.`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new ExampleError(`mesh='${text}' is not JSON.`);
  }
}
