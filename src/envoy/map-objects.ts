export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Rebuilds a JSON value from the inside out. `visit` sees every object after what it holds was rebuilt, and returns
 * what takes its place; `undefined` takes it out of the list or the field that held it. A list that is left with nothing
 * goes, too: protobuf does not tell it from none.
 */
export function mapObjects<T>(value: T, visit: (object: JsonObject) => JsonObject | undefined): T {
  return rebuild(value, visit) as T;
}

function rebuild(value: unknown, visit: (object: JsonObject) => JsonObject | undefined): unknown {
  if (Array.isArray(value)) {
    const kept = value.map((item) => rebuild(item, visit)).filter((item) => item !== undefined);
    return kept.length === 0 && value.length > 0 ? undefined : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, rebuild(part, visit)] as const);
  return visit(Object.fromEntries(entries.filter(([, part]) => part !== undefined)));
}

/** A copy without some keys. */
export function without<T extends object, K extends keyof T & string>(object: T, ...keys: readonly K[]): Omit<T, K> {
  const kept = Object.entries(object).filter(([key]) => !(keys as readonly string[]).includes(key));
  return Object.fromEntries(kept) as Omit<T, K>;
}
