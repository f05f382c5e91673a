import type { Schema } from './schema.ts';

/** What protobuf takes for the value where none is given. */
export function zeroOf(schema: Schema): unknown {
  switch (schema.type) {
    case 'string':
    case 'bytes':
    case 'int-or-string':
      return '';
    case 'bool':
      return false;
    case 'number':
      return 0;
    case 'duration':
      return '0s';
    case 'timestamp':
      return '1970-01-01T00:00:00Z';
    case 'json':
      return schema.object ? {} : null;
    case 'enumeration':
      return Object.keys(schema.numbers).find((name) => schema.numbers[name] === 0);
    case 'list':
      return [];
    case 'map':
    case 'message':
      return {};
  }
}
