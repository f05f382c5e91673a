type JsonMap = Readonly<Record<string, unknown>>;

/**
 * Writes the fields of a message as canonical proto3 JSON names them: Envoy's administration interface writes them as
 * the .proto files do. What is data and no field stays: keys of maps, and all of a `google.protobuf.Struct`.
 */
export function camelCaseFields(message: unknown): unknown {
  return convert(message, []);
}

function convert(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => convert(item, path));
  if (!isObject(value)) return value;
  const holdsMap = maps.has(path.at(-1) ?? '');
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = holdsMap ? key : lowerCamel(key);
      // Below a map's key, a message begins.
      const innerPath = holdsMap ? [...path, ''] : [...path, name];
      return [name, isStruct(name, path, value) ? inner : convert(inner, innerPath)];
    }),
  );
}

/** `consecutive_5xx` becomes `consecutive5xx`, as protobuf has it. */
function lowerCamel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase());
}

/** Fields of type map, whose keys are data. */
export const maps: ReadonlySet<string> = new Set([
  'args',
  'dimensions',
  'map',
  'namedEndpoints',
  'sourceCodes',
  'typedExtensionProtocolOptions',
  'typedFilterMetadata',
  'typedPerFilterConfig',
]);

/** Fields of type Struct, and maps of them, by name. */
export const structs: ReadonlySet<string> = new Set([
  'defaultSubset',
  'filterMetadata',
  'jsonFormat',
  'staticLayer',
  'transportSocketMatchCriteria',
  'typedJsonFormat',
]);

/** Fields whose name is that of other fields too, by the field that holds the message. */
export const structsWithin: Readonly<Record<string, string>> = {
  match: 'transportSocketMatches',
  metadata: 'node',
  config: 'googleGrpc',
};

function isStruct(name: string, path: readonly string[], holder: JsonMap): boolean {
  if (maps.has(path.at(-1) ?? '')) return false;
  if (structs.has(name)) return true;
  if (name === 'value') return String(holder['@type']).endsWith('.TypedStruct');
  return Object.hasOwn(structsWithin, name) && structsWithin[name] === path.at(-1);
}

function isObject(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null;
}
