/**
 * A small language for the shapes of Istio's and Kubernetes' resources. Each shape is written once, as a value:
 * reading and checking manifests walks the value, and the TypeScript types are inferred from it.
 */
export type Schema =
  | StringSchema
  | BoolSchema
  | NumberSchema
  | TextualSchema
  | JsonSchema
  | IntOrStringSchema
  | EnumerationSchema
  | ListSchema
  | MapSchema
  | MessageSchema;

export interface StringSchema {
  readonly type: 'string';
}
export interface BoolSchema {
  readonly type: 'bool';
}
/** `whole` numbers have a range; 64-bit ones are read into a JavaScript number, which is exact up to 2⁵³. */
export interface NumberSchema {
  readonly type: 'number';
  readonly name: string;
  readonly whole: boolean;
  readonly minimum: number;
  readonly maximum: number;
}
/** Strings with a form of their own. Durations are canonical after reading: `5s`, `0.250s`. */
export interface TextualSchema {
  readonly type: 'duration' | 'timestamp' | 'bytes';
}
/** Any JSON; `object` where only an object will do (google.protobuf.Struct). */
export interface JsonSchema {
  readonly type: 'json';
  readonly object: boolean;
}
export interface IntOrStringSchema {
  readonly type: 'int-or-string';
}
export interface EnumerationSchema {
  readonly type: 'enumeration';
  readonly numbers: Readonly<Record<string, number>>;
}
export interface ListSchema {
  readonly type: 'list';
  readonly element: Schema;
}
export interface MapSchema {
  readonly type: 'map';
  readonly value: Schema;
}
export interface MessageSchema {
  readonly type: 'message';
  readonly name: string;
  readonly fields: ReadonlyMap<string, Schema>;
  /** Groups of fields of which the last one set, in the order of the fields, counts. */
  readonly oneOf: readonly (readonly string[])[];
  /** Has more fields than are written here; the others are neither read nor reported. */
  readonly open: boolean;
}

declare const inferred: unique symbol;
export interface Typed<T> {
  readonly [inferred]?: T;
}

/** The TypeScript type of a schema's values, in JSON form. */
export type Infer<S> = S extends Typed<infer T> ? Exclude<T, undefined> : never;

type Fields = Readonly<Record<string, Schema>>;
type InferFields<F extends Fields> = { readonly [K in keyof F]?: Infer<F[K]> };

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export function message<const F extends Fields>(
  name: string,
  fields: F,
  options: { readonly oneOf?: readonly (readonly (keyof F & string)[])[]; readonly open?: boolean } = {},
): MessageSchema & Typed<InferFields<F>> {
  return {
    type: 'message',
    name,
    fields: new Map(Object.entries(fields)),
    oneOf: options.oneOf ?? [],
    open: options.open ?? false,
  };
}

export function list<const S extends Schema>(element: S): ListSchema & Typed<readonly Infer<S>[]> {
  return { type: 'list', element };
}

/** A map from strings: protobuf's other key types do not occur. */
export function map<const S extends Schema>(value: S): MapSchema & Typed<Readonly<Record<string, Infer<S>>>> {
  return { type: 'map', value };
}

export function enumeration<const N extends Readonly<Record<string, number>>>(
  numbers: N,
): EnumerationSchema & Typed<keyof N & string> {
  return { type: 'enumeration', numbers };
}

export const string = (): StringSchema & Typed<string> => ({ type: 'string' });
export const bool = (): BoolSchema & Typed<boolean> => ({ type: 'bool' });
export const duration = (): TextualSchema & Typed<string> => ({ type: 'duration' });
export const timestamp = (): TextualSchema & Typed<string> => ({ type: 'timestamp' });
/** Base64. */
export const bytes = (): TextualSchema & Typed<string> => ({ type: 'bytes' });
export const json = (): JsonSchema & Typed<JsonValue> => ({ type: 'json', object: false });
export const struct = (): JsonSchema & Typed<JsonObject> => ({ type: 'json', object: true });
export const intOrString = (): IntOrStringSchema & Typed<number | string> => ({ type: 'int-or-string' });

type Num = NumberSchema & Typed<number>;
const whole = (name: string, minimum: number, maximum: number): Num => ({
  type: 'number',
  name,
  whole: true,
  minimum,
  maximum,
});

export const int32 = (): Num => whole('int32', -(2 ** 31), 2 ** 31 - 1);
export const uint32 = (): Num => whole('uint32', 0, 2 ** 32 - 1);
export const int64 = (): Num => whole('int64', -(2 ** 63), 2 ** 63);
export const uint64 = (): Num => whole('uint64', 0, 2 ** 64);
export const double = (): Num => ({
  type: 'number',
  name: 'double',
  whole: false,
  minimum: Number.NEGATIVE_INFINITY,
  maximum: Number.POSITIVE_INFINITY,
});
