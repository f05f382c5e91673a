import type { FieldPath } from '../model/field-path.ts';

/** Asks `withField` to leave the field out. */
export const removed: unique symbol = Symbol('removed');

/** A copy of a plain value with one field set to another value, or left out. Nothing else is copied. */
export function withField(value: unknown, [step, ...rest]: FieldPath, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (typeof value !== 'object' || value === null) return value;
  const leave = rest.length === 0 && replacement === removed;
  if (Array.isArray(value)) {
    const index = Number(step);
    return leave ? value.toSpliced(index, 1) : value.with(index, withField(value[index], rest, replacement));
  }
  const { [step]: inner, ...others } = value as Readonly<Record<string, unknown>>;
  return leave ? others : { ...others, [step]: withField(inner, rest, replacement) };
}
