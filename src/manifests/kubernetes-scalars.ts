import { FAILSAFE_SCHEMA, type Schema, Type, YAMLException } from 'js-yaml';

/**
 * How Kubernetes reads a plain scalar: with YAML 1.1's booleans (`y`, `no`, `on` …), octal numbers with a leading
 * zero and underscores in numbers, but without base 60, and with dates as text.
 * Source: sigs.k8s.io/yaml, which uses go.yaml.in/yaml/v2 `resolve.go`.
 */
export function resolveScalar(text: string): string | number | boolean | null {
  if (text === '') return null;
  const first = text.charCodeAt(0);
  if (isDigit(first) || first === plus || first === minus || first === dot) return resolveNumber(text);
  if (text.length > 5 || !beginsWord[first]) return text;
  const word = words.get(text);
  return word === undefined ? text : word;
}

const plus = 0x2b;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

const spellings = (word: string): readonly string[] => [
  word,
  word.charAt(0).toUpperCase() + word.slice(1),
  word.toUpperCase(),
];
const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'yes', 'true', 'on'].flatMap(spellings).map((word) => [word, true] as const),
  ...['n', 'no', 'false', 'off'].flatMap(spellings).map((word) => [word, false] as const),
  ...['null'].flatMap(spellings).map((word) => [word, null] as const),
  ['~', null],
]);

/** By character code: spares most texts the look-up. */
const beginsWord: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  [...words.keys()].some((word) => word.charCodeAt(0) === code),
);

const decimal = /^[-+]?(?:0|[1-9]\d*)$/;
const otherBase = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** By character code: what a number can end in, a hexadecimal one and `.inf` and `.nan` among them. */
const endsNumber: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[0-9a-fA-FnN._]/.test(String.fromCharCode(code)),
);

function resolveNumber(text: string): string | number {
  if (!endsNumber[text.charCodeAt(text.length - 1)]) return text;
  const few = readFewDigits(text);
  if (few !== undefined) return few;
  // Adding 0 turns -0 into 0.
  if (decimal.test(text)) return Number(text) + 0;
  // No number has two dots: most of what comes here is an IP address.
  if (text.indexOf('.') !== text.lastIndexOf('.')) return text;
  const plain = text.includes('_') && text.charCodeAt(0) !== dot ? text.replaceAll('_', '') : text;
  if (plain !== text && decimal.test(plain)) return Number(plain) + 0;
  const integer = otherBase.exec(plain);
  if (integer !== null) return integerIn(integer) ?? text;
  if (float.test(plain)) return finite(Number(plain)) ?? text;
  return notFinite.test(text) ? Number.NaN : text;
}

/** Most numbers are ports and the like: digits only, not too many, and no zero before others. */
function readFewDigits(text: string): number | undefined {
  if (text.length > 9 || (text.length > 1 && text.charCodeAt(0) === zero)) return undefined;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return undefined;
    number = number * 10 + (code - zero);
  }
  return number;
}

function integerIn([, sign, hexadecimal, binary, octal]: RegExpExecArray): number | undefined {
  const size = hexadecimal ? Number(`0x${hexadecimal}`) : binary ? Number(`0b${binary}`) : Number(`0o${octal}`);
  if (size >= 2 ** 64) return undefined;
  return sign === '-' ? -size : size;
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}

/** Kubernetes turns YAML into JSON, which has neither infinity nor NaN. */
export const noJsonNumber = 'infinity and NaN cannot be written in JSON';

const merge = '<<';

/** Takes every plain scalar, so that the reader asks no other type and each is resolved once. */
function plainScalar(share: (text: string) => string): Type {
  return new Type('tag:yaml.org,2002:xdsim-plain', {
    kind: 'scalar',
    resolve: (text: string | null) => text !== merge,
    construct: (text: string | null) => {
      const value = text === null ? null : resolveScalar(text);
      if (typeof value === 'string') return share(value);
      if (Number.isNaN(value)) throw new YAMLException(noJsonNumber);
      return value;
    },
  });
}

/** Longer ones are parts of the text that is read, and mostly different. */
const longestShared = 12;
const mostShared = 512;

/** Names of fields, protocols, namespaces: most short texts are there many times, and one of each is enough. */
function createSharing(): (text: string) => string {
  const texts = new Map<string, string>();
  return (text) => {
    if (text.length > longestShared) return text;
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (texts.size < mostShared) texts.set(text, text);
    return text;
  };
}

function tagged(name: string, accepts: (value: unknown) => boolean): Type {
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (content: unknown) => accepts(resolveTagged(content)),
    construct: resolveTagged,
  });
}

/** Where the tag and its scalar are on lines of their own, the reader has resolved the scalar before. */
function resolveTagged(content: unknown): unknown {
  return typeof content === 'string' || content === null ? resolveScalar(content ?? '') : content;
}

const text = (tag: string, multi: boolean): Type =>
  new Type(tag, { kind: 'scalar', multi, construct: (value: string | null) => value ?? '' });

const mergeKey = new Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (text: string | null) => text === merge,
});

/** Tags of a user's own are ignored, as Kubernetes does. */
const ownTags = (['!', 'tag:'] as const).flatMap((tag) => [
  text(tag, true),
  new Type(tag, { kind: 'sequence', multi: true, construct: (value: unknown) => value ?? [] }),
  new Type(tag, { kind: 'mapping', multi: true, construct: (value: unknown) => value ?? {} }),
]);

const tags: readonly Type[] = [
  tagged('bool', (value) => typeof value === 'boolean'),
  tagged('int', (value) => Number.isInteger(value)),
  tagged('float', (value) => typeof value === 'number'),
  tagged('null', (value) => value === null),
  text('tag:yaml.org,2002:timestamp', false),
  text('tag:yaml.org,2002:binary', false),
  ...ownTags,
];

/** For any number of documents, which share their short texts. */
export function createKubernetesSchema(): Schema {
  return FAILSAFE_SCHEMA.extend({ implicit: [plainScalar(createSharing()), mergeKey], explicit: [...tags] });
}
