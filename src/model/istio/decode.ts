import { canonicalDuration } from '../duration.ts';
import type { FieldPath } from '../field-path.ts';
import { nearestName } from '../nearest-name.ts';
import { setOwn } from '../set-own.ts';
import { parseTimestamp } from '../timestamp.ts';
import { describeInput } from './describe-input.ts';
import type { EnumerationSchema, Infer, ListSchema, MapSchema, MessageSchema, NumberSchema, Schema } from './schema.ts';
import { zeroOf } from './zero-of.ts';

/**
 * Which reader's rules hold.
 *
 * `protobuf` is the JSON reader istiod uses for its own resources: numbers may be quoted, enums may be numbers,
 * `snake_case` names are known beside `lowerCamelCase` ones. `kubernetes` is the API server's, which is stricter.
 * Both ignore unknown fields and take `null` for an absent field.
 * Source: github.com/golang/protobuf `jsonpb/decode.go`, called by istio `pkg/util/protomarshal`.
 */
export type Dialect = 'protobuf' | 'kubernetes';

export interface FieldProblem {
  readonly path: FieldPath;
  /** Says what was expected and what was found. */
  readonly message: string;
}

export interface UnknownField {
  readonly path: FieldPath;
  /** The names that would be known there. */
  readonly known: readonly string[];
}

export interface Decoded<T> {
  /** In canonical JSON form. Parts that could not be read are left out. */
  readonly value: T;
  /** Why the whole is refused; empty where it is accepted. At most 20. */
  readonly problems: readonly FieldProblem[];
  /** At most 20. */
  readonly unknownFields: readonly UnknownField[];
}

/**
 * Reads a value by its schema. Never throws and never changes the value; parts that are canonical already are taken as they
 * are. Absent and `null` input give `{}`.
 */
export function decode<S extends MessageSchema>(
  schema: S,
  input: unknown,
  options: DecodeOptions = {},
): Decoded<Infer<S>> {
  return new Decoder().decode(schema, input, options);
}

export interface DecodeOptions {
  /** `protobuf` by default. */
  readonly dialect?: Dialect;
  /** Where the value stands: that of its problems begins with it. */
  readonly path?: FieldPath;
}

const nothing: Decoded<object> = { value: Object.freeze({}), problems: [], unknownFields: [] };

const reported = 20;
const none: readonly never[] = [];
type JsonMap = Record<string, unknown>;

/** For reading many values one after the other. */
export class Decoder {
  private problems: readonly FieldProblem[] = none;
  private unknownFields: readonly UnknownField[] = none;
  private dialect: Dialect = 'protobuf';
  private base: FieldPath = none;
  /** Where the decoder is, below the base. Copied only when there is something to report. */
  private readonly path: (string | number)[] = [];

  /** Like the function of this name. */
  decode<S extends MessageSchema>(
    schema: S,
    input: unknown,
    { dialect = 'protobuf', path = none }: DecodeOptions,
  ): Decoded<Infer<S>> {
    if (input === undefined || input === null) return nothing as Decoded<Infer<S>>;
    this.dialect = dialect;
    this.base = path;
    this.problems = none;
    this.unknownFields = none;
    const value = (this.read(schema, input) ?? {}) as Infer<S>;
    return { value, problems: this.problems, unknownFields: this.unknownFields };
  }

  /** The value in canonical form, or undefined where it was refused. */
  private read(schema: Schema, input: unknown): unknown {
    switch (schema.type) {
      case 'string':
        return typeof input === 'string' ? input : this.refuse('a string', input);
      case 'message':
        return this.readMessage(schema, input);
      case 'list':
        return this.readList(schema, input);
      case 'number':
        return this.readNumber(schema, input);
      case 'enumeration':
        return this.readEnumeration(schema, input);
      case 'map':
        return this.readMap(schema, input);
      case 'bool':
        return typeof input === 'boolean' ? input : this.refuse('true or false', input);
      case 'duration':
        return this.readText('a duration such as "5s", "300ms" or "1h30m"', input, canonicalDuration);
      case 'timestamp':
        return this.readText('a time such as "2024-01-01T00:00:00Z"', input, (text) =>
          parseTimestamp(text) === undefined ? undefined : text,
        );
      case 'bytes':
        return this.readText('Base64 text', input, (text) => (isBase64(text) ? text : undefined));
      case 'int-or-string':
        if (typeof input === 'string' || (typeof input === 'number' && Number.isInteger(input))) return input;
        return this.refuse('a number or a string', input);
      case 'json':
        return schema.object && !isObject(input) ? this.refuse('an object', input) : input;
    }
  }

  private readText(
    expected: string,
    input: unknown,
    convert: (text: string) => string | undefined,
  ): string | undefined {
    if (typeof input !== 'string') return this.refuse(expected, input);
    return convert(input) ?? this.refuse(expected, input);
  }

  private readNumber(schema: NumberSchema, input: unknown): number | undefined {
    const number = typeof input === 'string' && this.dialect === 'protobuf' ? numberInText(schema, input) : input;
    const expected = schema.whole ? 'a whole number' : 'a number';
    if (typeof number !== 'number') return this.refuse(expected, input);
    if (schema.whole ? !Number.isInteger(number) : !Number.isFinite(number)) return this.refuse(expected, input);
    if (number < schema.minimum || number > schema.maximum) {
      return this.refuse(`a number from ${schema.minimum} to ${schema.maximum}`, input);
    }
    return number;
  }

  private readEnumeration({ numbers }: EnumerationSchema, input: unknown): string | undefined {
    if (typeof input === 'string' && Object.hasOwn(numbers, input)) return input;
    if (typeof input === 'number' && Number.isInteger(input)) {
      const name = Object.keys(numbers).find((candidate) => numbers[candidate] === input);
      if (name !== undefined) return name;
    }
    const names = Object.keys(numbers);
    const meant = typeof input === 'string' ? nearestName(input, names) : undefined;
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return this.refuse(`one of ${names.join(', ')}`, input, hint);
  }

  private readList({ element }: ListSchema, input: unknown): readonly unknown[] | undefined {
    if (!Array.isArray(input)) return this.refuse('a list', input);
    let copy: unknown[] | undefined;
    for (let index = 0; index < input.length; index++) {
      const given: unknown = input[index];
      this.path.push(index);
      const value = this.readElement(element, given);
      this.path.pop();
      if (copy === undefined && value !== given) copy = input.slice(0, index);
      if (copy !== undefined && value !== undefined) copy.push(value);
    }
    return copy ?? input;
  }

  private readMap({ value: schema }: MapSchema, input: unknown): JsonMap | undefined {
    if (!isObject(input)) return this.refuse('a map', input);
    let copy: JsonMap | undefined;
    for (const key in input) {
      const given = input[key];
      this.path.push(key);
      const value = this.readElement(schema, given);
      this.path.pop();
      if (copy === undefined && value !== given) copy = copyUpTo(key, input);
      if (copy !== undefined && value !== undefined) setOwn(copy, key, value);
    }
    return copy ?? input;
  }

  /** In lists and maps a `null` stands for the type's zero value. */
  private readElement(schema: Schema, input: unknown): unknown {
    return input === null || input === undefined ? zeroOf(schema) : this.read(schema, input);
  }

  private readMessage(schema: MessageSchema, input: unknown): JsonMap | undefined {
    if (!isObject(input)) return this.refuse('an object', input);
    let copy: JsonMap | undefined;
    for (const written in input) {
      const given = input[written];
      const known = schema.fields.get(written);
      // What most fields are.
      if (copy === undefined && known?.type === 'string' && typeof given === 'string') continue;
      const name = known ? written : this.otherName(schema, written, input);
      const field = known ?? (name === undefined ? undefined : schema.fields.get(name));
      if (name === undefined && !schema.open) this.reportUnknown(written, schema);
      const value = field && this.readField(field, written, given);
      if (copy === undefined && (value !== given || name !== written)) copy = copyUpTo(written, input);
      if (copy !== undefined && value !== undefined && name !== undefined) copy[name] = value;
    }
    return keepLastOfEach(schema.oneOf, copy ?? input);
  }

  private readField(field: Schema, written: string, input: unknown): unknown {
    if (input === undefined || (input === null && !(field.type === 'json' && !field.object))) return undefined;
    this.path.push(written);
    const value = this.read(field, input);
    this.path.pop();
    // An empty list is the same as none: protobuf cannot tell them apart.
    return Array.isArray(value) && value.length === 0 && field.type === 'list' ? undefined : value;
  }

  /**
   * The schema's name for a field that is written in another way, or undefined. Empty where the field is known but does
   * not count, because its `lowerCamelCase` spelling is given too and wins.
   */
  private otherName(schema: MessageSchema, written: string, input: JsonMap): string | undefined {
    if (this.dialect === 'kubernetes' || !written.includes('_')) return undefined;
    const name = written.replace(/_+([a-zA-Z0-9])/g, (_, next: string) => next.toUpperCase());
    if (!schema.fields.has(name)) return undefined;
    return Object.hasOwn(input, name) ? '' : name;
  }

  private reportUnknown(written: string, schema: MessageSchema): void {
    if (this.unknownFields.length >= reported) return;
    const unknown = { path: [...this.base, ...this.path, written], known: [...schema.fields.keys()] };
    this.unknownFields = [...this.unknownFields, unknown];
  }

  private refuse(expected: string, found: unknown, hint = ''): undefined {
    if (this.problems.length < reported) {
      const problem = {
        path: [...this.base, ...this.path],
        message: `expected ${expected}, found ${describeInput(found)}${hint}`,
      };
      this.problems = [...this.problems, problem];
    }
    return undefined;
  }
}

/** Of fields that exclude each other the last one in the schema's order counts; istiod does not refuse several. */
function keepLastOfEach(groups: readonly (readonly string[])[], message: JsonMap): JsonMap {
  let kept = message;
  for (const group of groups) {
    let last: string | undefined;
    for (const name of group) {
      if (message[name] === undefined) continue;
      if (last !== undefined) {
        if (kept === message) kept = { ...message };
        delete kept[last];
      }
      last = name;
    }
  }
  return kept;
}

/** From the first part on that is not taken as it is, what is read goes into a copy. */
function copyUpTo(end: string, input: JsonMap): JsonMap {
  const copy: JsonMap = {};
  for (const key in input) {
    if (key === end) break;
    setOwn(copy, key, input[key]);
  }
  return copy;
}

function numberInText(schema: NumberSchema, text: string): number | undefined {
  if (schema.whole) return /^\s*-?(?:0|[1-9]\d*)\s*$/.test(text) ? Number(text) : undefined;
  return /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function isObject(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
