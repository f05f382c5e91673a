/**
 * An empty plain object for many names of a user's. Engines keep the layouts of all objects that begin as `{}` in one table:
 * thousands of objects, each with a host of its own for a key, fill it, and whatever is made afterwards is slow. One that
 * began without a prototype is a hash table from the start.
 */
export function createDictionary<T>(): Record<string, T> {
  return Object.setPrototypeOf(Object.create(null), Object.prototype);
}
