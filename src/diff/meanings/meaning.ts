import type { FieldChange, Section } from '../difference.ts';

/** What a kind of change means to somebody who does not know Envoy's fields by heart. */
export interface Meaning {
  readonly section: Section;
  /** The changes it accounts for, by their path below the resource: names and positions in lists are written `[]`. */
  readonly covers: RegExp;
  /** One of several sides of the same fields: TLS that is new may also verify certificates. */
  readonly facet?: true;
  /**
   * Completes "3 clusters …" or "1 cluster …": where singular and plural differ, `(singular|plural)`.
   * Undefined where the changes do not mean this after all.
   */
  readonly phrase: (changed: ChangedResource) => string | undefined;
}

export interface ChangedResource {
  // biome-ignore lint/suspicious/noExplicitAny: a live proxy's dump may hold any form of a resource
  readonly before: any;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly after: any;
  /** Those that the meaning covers. */
  readonly changes: readonly FieldChange[];
}

type Read = (resource: ChangedResource['before']) => string | undefined;

/** One of several things to say about the same fields. */
export function facet(meaning: Meaning): Meaning {
  return { ...meaning, facet: true };
}

/** A meaning that compares one property of the resource, said in words. `{before}` and `{after}` stand for its values. */
export function property(
  section: Section,
  covers: RegExp,
  { read, ...phrases }: { readonly read: Read } & Phrases,
): Meaning {
  const phrase = ({ before, after }: ChangedResource): string | undefined => {
    const [was, is] = [read(before), read(after)];
    return was === is ? undefined : choosePhrase(was, is, phrases);
  };
  return { section, covers, phrase };
}

export interface Phrases {
  readonly appeared?: string;
  readonly vanished?: string;
  readonly changed?: string;
}

function choosePhrase(was: string | undefined, is: string | undefined, phrases: Phrases): string | undefined {
  const { appeared, vanished, changed } = phrases;
  const chosen = was === undefined ? (appeared ?? changed) : is === undefined ? (vanished ?? changed) : changed;
  return chosen?.replace('{before}', was ?? 'none').replace('{after}', is ?? 'none');
}

/** A meaning that says the same of every change below some fields, by whether they appeared, vanished or changed. */
export function fields(section: Section, covers: RegExp, phrases: Phrases): Meaning {
  return {
    section,
    covers,
    phrase: ({ changes }) => {
      const [first] = changes;
      if (first === undefined) return undefined;
      const sameKind = changes.every(({ kind }) => kind === first.kind);
      if (!sameKind || first.kind === 'reordered') return phrases.changed;
      const was = 'before' in first ? brief(first.before) : undefined;
      const is = 'after' in first ? brief(first.after) : undefined;
      return choosePhrase(was, is, phrases);
    },
  };
}

/** A value in a few words. */
export function brief(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
