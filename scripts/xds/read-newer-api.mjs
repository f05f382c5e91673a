// Adds what Envoy's API gained after the .proto files of the dependency were taken, and takes out what it lost.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, 'supplement/newer-api.txt');

/**
 * Each type is a line `message NAME` or `enum NAME`, its fields or values indented below it: `name type` with
 * `repeated`, `optional`, `map<KEY>` or `oneof GROUP` behind, or `NAME number`. What exists already is extended, and a
 * field of a name that exists replaced. `gone NAME` stands for a message that is no longer there.
 */
export function readNewerApi({ messages, enums }) {
  if (!existsSync(file)) return { messages, enums };
  let fields = [];
  let values;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [first, second, ...rest] = line.trim().split(' ');
    if (first === '' || first.startsWith('#')) continue;
    if (line.startsWith(' ')) {
      if (values) values[first] = Number(second);
      else put(fields, describeField(first, second, rest));
    } else if (first === 'gone') {
      messages.delete(second);
    } else if (first === 'message') {
      fields = messages.get(second) ?? [];
      values = undefined;
      messages.set(second, fields);
    } else {
      values = enums.get(second) ?? {};
      enums.set(second, values);
    }
  }
  return { messages, enums };
}

function put(fields, field) {
  const place = fields.findIndex(({ name }) => name === field.name);
  if (place < 0) fields.push(field);
  else fields[place] = field;
}

function describeField(name, type, words) {
  const key = words.find((word) => word.startsWith('map<'));
  const oneof = words.indexOf('oneof');
  return {
    name,
    type,
    list: words.includes('repeated'),
    ...(key ? { key: key.slice(4, -1) } : {}),
    ...(oneof >= 0 ? { oneof: words[oneof + 1] } : {}),
    optional: words.includes('optional'),
  };
}
