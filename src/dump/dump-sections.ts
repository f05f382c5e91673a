import { load } from 'js-yaml';
import { camelCaseFields } from './camel-case-fields.ts';

export type JsonMap = Readonly<Record<string, unknown>>;

/** What a dump says of one kind of thing: `envoy.admin.v3.ClustersConfigDump` and its siblings. */
export interface DumpSections {
  /** Undefined where the dump has no such section. */
  readonly find: (name: SectionName) => JsonMap | undefined;
}

export type SectionName =
  | 'BootstrapConfigDump'
  | 'ClustersConfigDump'
  | 'ListenersConfigDump'
  | 'RoutesConfigDump'
  | 'EndpointsConfigDump';

/** Takes a dump (JSON or YAML) apart; undefined where the text is none. */
export function readDumpSections(text: string): DumpSections | undefined {
  const dump = parse(text);
  if (!isObject(dump) || !Array.isArray(dump.configs)) return undefined;
  const configs = (camelCaseFields(dump.configs) as readonly unknown[]).filter(isObject);
  return {
    find: (name) => configs.find((section) => String(section['@type']).endsWith(`envoy.admin.v3.${name}`)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // istioctl also writes YAML.
  }
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list of a section; none where the section or the list is absent. */
export function objectsIn(section: JsonMap | undefined, list: string): readonly JsonMap[] {
  const items = section?.[list];
  return Array.isArray(items) ? items.filter(isObject) : [];
}
