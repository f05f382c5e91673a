import { canonicalDuration } from '../../model/duration.ts';
import type { FieldPath } from '../../model/field-path.ts';
import type { JsonObject, JsonValue } from '../../xds/types.ts';
import type { EnvoyApi } from './envoy-api.ts';
import type { FieldType, MessageField, MessageType } from './message-type.ts';
import { readEnum, readScalar, zeroOf } from './read-scalar.ts';
import { readTimestamp } from './read-timestamp.ts';

export interface ReadProblem {
  /** An error means that istiod takes none of the value; a warning that it leaves a field out. */
  readonly severity: 'error' | 'warning';
  /** Inside the value. */
  readonly path: FieldPath;
  readonly message: string;
}

export interface ReadMessage {
  /** Canonical proto3 JSON of what was understood. */
  readonly message: JsonObject;
  readonly problems: readonly ReadProblem[];
}

/**
 * Reads what a user wrote for a message, with names in either spelling, as canonical JSON. What is not part of the
 * message is left out; a value of a wrong type or an Any of an unknown type is an error.
 */
export function readMessage(api: EnvoyApi, type: MessageType, value: JsonValue): ReadMessage {
  const reader = new MessageReader(api);
  const message = reader.message(type, value, []);
  return { message, problems: reader.problems };
}

class MessageReader {
  readonly problems: ReadProblem[] = [];
  private readonly api: EnvoyApi;

  constructor(api: EnvoyApi) {
    this.api = api;
  }

  message(type: MessageType, value: JsonValue, path: FieldPath): JsonObject {
    if (value === null) return {};
    if (!isObject(value)) {
      this.refuse(path, `An object is needed here (${type.name}).`);
      return {};
    }
    this.warnOfUnknown(type, value, path);
    const message: Record<string, JsonValue> = {};
    for (const field of type.fields) {
      const name = value[field.jsonName] === undefined ? field.name : field.jsonName;
      const raw = value[name];
      if (raw === undefined || (raw === null && (field.shape !== 'single' || field.type().kind !== 'value'))) continue;
      const read = this.field(field, raw, [...path, name]);
      if (read === undefined || isDefault(field, read)) continue;
      dropOtherMembers(message, type, field);
      message[field.jsonName] = read;
    }
    return message;
  }

  private field(field: MessageField, value: JsonValue, path: FieldPath): JsonValue | undefined {
    const type = field.type();
    if (field.shape === 'single') return this.value(type, value, path);
    if (field.shape === 'list') {
      if (!Array.isArray(value)) return this.refuse(path, 'A list is needed here.');
      return value.map((item, index) => this.value(type, item, [...path, index]) ?? null);
    }
    if (!isObject(value)) return this.refuse(path, 'A map is needed here.');
    const entries = Object.entries(value).map(([key, item]) => {
      if (field.key !== undefined && field.key !== 'string' && readKey(field.key, key) === undefined) {
        this.refuse(path, `"${key}" is not a key of type ${field.key}.`);
      }
      return [key, this.value(type, item, [...path, key]) ?? null] as const;
    });
    return Object.fromEntries(entries);
  }

  private value(type: FieldType, value: JsonValue, path: FieldPath): JsonValue | undefined {
    switch (type.kind) {
      case 'message':
        return this.message(type, value, path);
      case 'scalar':
      case 'wrapper':
        return readScalar(type.scalar, value) ?? this.refuse(path, `A value of type ${type.scalar} is needed here.`);
      case 'enum':
        return readEnum(type, value) ?? this.refuse(path, `${JSON.stringify(value)} is no value of ${type.name}.`);
      case 'any':
        return this.any(value, path);
      case 'duration':
        return this.text(value, canonicalDuration) ?? this.refuse(path, 'A duration such as "1.5s" is needed here.');
      case 'timestamp':
        return this.text(value, readTimestamp) ?? this.refuse(path, 'A time as in RFC 3339 is needed here.');
      case 'struct':
        return isObject(value) ? value : this.refuse(path, 'An object is needed here.');
      case 'list':
        return Array.isArray(value) ? value : this.refuse(path, 'A list is needed here.');
      case 'value':
        return value;
      case 'empty':
        return isObject(value) ? {} : this.refuse(path, 'An empty object is needed here.');
      case 'field-mask':
        return this.fieldMask(value, path);
    }
  }

  private text(value: JsonValue, read: (text: string) => string | undefined): string | undefined {
    return typeof value === 'string' ? read(value) : undefined;
  }

  private any(value: JsonValue, path: FieldPath): JsonValue | undefined {
    if (value === null) return {};
    if (!isObject(value)) return this.refuse(path, 'An object with "@type" is needed here.');
    const { '@type': url, ...content } = value;
    if (typeof url !== 'string') return this.refuse(path, 'Say with "@type" which message this is.');
    const type = this.api.typeNamed(url.slice(url.lastIndexOf('/') + 1));
    if (!type) return this.refuse([...path, '@type'], `"${url}" names no message that istiod knows.`);
    if (type.kind === 'message') return { '@type': url, ...this.message(type, content, path) };
    if (type.kind === 'empty') return { '@type': url, value: {} };
    if (content['value'] === undefined) return this.refuse(path, `An Any of ${url} has its content under "value".`);
    return { '@type': url, value: this.value(type, content['value'], [...path, 'value']) ?? null };
  }

  /** The decoder takes it for the message it is, the canonical form is a text. */
  private fieldMask(value: JsonValue, path: FieldPath): JsonValue | undefined {
    const paths = isObject(value) ? value['paths'] : undefined;
    if (!Array.isArray(paths)) return this.refuse(path, 'An object with "paths" is needed here.');
    return paths.map((item) => String(item).replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())).join(',');
  }

  private warnOfUnknown(type: MessageType, value: JsonObject, path: FieldPath): void {
    for (const name of Object.keys(value)) {
      if (type.fieldsByName.has(name)) continue;
      const message = `${type.name} has no field "${name}"; istiod leaves it out.`;
      this.problems.push({ severity: 'warning', path: [...path, name], message });
    }
  }

  private refuse(path: FieldPath, message: string): undefined {
    this.problems.push({ severity: 'error', path, message });
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readKey(key: NonNullable<MessageField['key']>, text: string): JsonValue | undefined {
  return key === 'bool' ? (text === 'true' || text === 'false' ? text : undefined) : readScalar(key, text);
}

/** What canonical JSON leaves out: empty lists and maps, and zero where it cannot be told from absent. */
function isDefault(field: MessageField, value: JsonValue): boolean {
  if (field.shape === 'list') return Array.isArray(value) && value.length === 0;
  if (field.shape === 'map') return isObject(value) && Object.keys(value).length === 0;
  if (field.tracksPresence) return false;
  const type = field.type();
  if (type.kind === 'scalar') return value === zeroOf(type.scalar);
  return type.kind === 'enum' && (value === 0 || type.numbers.get(String(value)) === 0);
}

/** Of the members of a oneof the last one declared stays. */
export function dropOtherMembers(message: Record<string, JsonValue>, type: MessageType, field: MessageField): void {
  if (field.oneof === undefined) return;
  for (const other of type.fields) {
    if (other.oneof === field.oneof && other !== field) delete message[other.jsonName];
  }
}
