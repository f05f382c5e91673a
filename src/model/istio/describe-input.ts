/** What was found where something else was expected. */
export function describeInput(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'boolean') return `${value}, a boolean: YAML reads y, n, yes, no, on and off so unless quoted`;
  const text = typeof value === 'string' ? JSON.stringify(value) : `the number ${String(value)}`;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
