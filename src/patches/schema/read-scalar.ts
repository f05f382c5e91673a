import type { JsonValue } from '../../xds/types.ts';
import type { EnumType, Scalar } from './message-type.ts';

/** The canonical form of a scalar, or nothing where the JSON is none of its type. */
export type ReadScalar = JsonValue | undefined;

/** Zero, as canonical JSON writes it. */
export function zeroOf(scalar: Scalar): JsonValue {
  switch (scalar) {
    case 'bool':
      return false;
    case 'string':
    case 'bytes':
      return '';
    case 'int64':
    case 'uint64':
      return '0';
    default:
      return 0;
  }
}

/**
 * istiod reads patches with the older of Go's two JSON decoders, golang/protobuf `jsonpb`: numbers may be quoted, but
 * a whole number must be written as one.
 */
export function readScalar(scalar: Scalar, value: JsonValue): ReadScalar {
  if (value === null) return zeroOf(scalar);
  switch (scalar) {
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'bytes':
      return typeof value === 'string' ? readBytes(value) : undefined;
    case 'float':
    case 'double':
      return readFloat(scalar, value);
    default:
      return readWhole(scalar, value);
  }
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function readBytes(text: string): ReadScalar {
  const packed = text.replace(/[\r\n]/g, '');
  return base64.test(packed) ? packed : undefined;
}

const nonFinite: readonly string[] = ['NaN', 'Infinity', '-Infinity'];
const decimal = /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/;

function readFloat(scalar: 'float' | 'double', value: JsonValue): ReadScalar {
  if (typeof value === 'string' && nonFinite.includes(value)) return value;
  if (typeof value === 'string' && !decimal.test(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = Number(value);
  if (scalar === 'double') return Number.isFinite(number) ? number : undefined;
  return Number.isFinite(Math.fround(number)) ? shortestFloat(number) : undefined;
}

/** The number with the fewest digits that is the same 32-bit float: 0.1, not 0.10000000149011612. */
function shortestFloat(number: number): number {
  const float = Math.fround(number);
  for (let digits = 1; digits < 10; digits++) {
    const candidate = Number(float.toPrecision(digits));
    if (Math.fround(candidate) === float) return candidate;
  }
  return float;
}

type Whole = 'int32' | 'uint32' | 'int64' | 'uint64';

const ranges: Readonly<Record<Whole, readonly [bigint, bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

function readWhole(scalar: Whole, value: JsonValue): ReadScalar {
  const number = wholeNumber(value);
  const [minimum, maximum] = ranges[scalar];
  if (number === undefined || number < minimum || number > maximum) return undefined;
  return scalar === 'int64' || scalar === 'uint64' ? String(number) : Number(number);
}

function wholeNumber(value: JsonValue): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== 'string' || !/^\s*-?(?:0|[1-9]\d*)\s*$/.test(value)) return undefined;
  return BigInt(value.trim());
}

/** Numbers that the enumeration does not know are kept as they are. */
export function readEnum(type: EnumType, value: JsonValue): ReadScalar {
  if (value === null) return type.names.get(0) ?? 0;
  if (typeof value === 'string') {
    const number = type.numbers.get(value);
    return number === undefined ? undefined : (type.names.get(number) ?? number);
  }
  const number = readWhole('int32', value);
  return typeof number === 'number' ? (type.names.get(number) ?? number) : undefined;
}
