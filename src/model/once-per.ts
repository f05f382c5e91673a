/**
 * What is made of an object, kept as long as the object lives. The parts of a snapshot never change and are asked about
 * again and again: what they are looked up by is made at the first question that needs it.
 */
export function oncePer<T extends object, R>(make: (subject: T) => R): (subject: T) => R {
  const made = new WeakMap<T, { readonly result: R }>();
  return (subject) => {
    const known = made.get(subject);
    if (known) return known.result;
    const result = make(subject);
    made.set(subject, { result });
    return result;
  };
}
