import type { FieldPath } from '../model/field-path.ts';
import type { Schema } from '../model/istio/schema.ts';

/** A field that holds no other fields. */
export interface LeafField {
  readonly path: FieldPath;
  readonly value: unknown;
  readonly schema: Schema | undefined;
}

/** Every field below a value that holds no other fields; an empty map or list is one too. */
export function leafFields(value: unknown, schema: Schema | undefined, path: FieldPath = []): readonly LeafField[] {
  if (typeof value !== 'object' || value === null) return [{ path, value, schema }];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  if (entries.length === 0) return [{ path, value, schema }];
  return entries.flatMap(([key, inner]) => leafFields(inner, schemaBelow(schema, key), [...path, key]));
}

function schemaBelow(schema: Schema | undefined, key: string | number): Schema | undefined {
  switch (schema?.type) {
    case 'list':
      return schema.element;
    case 'map':
      return schema.value;
    case 'message':
      return schema.fields.get(String(key));
    default:
      return undefined;
  }
}
