/** An object of its own, whose fields may be set. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Makes a draft hold what another object holds, and nothing else. */
export function overwrite<T extends object>(draft: T, content: T): void {
  for (const key of Object.keys(draft)) {
    if (!Object.hasOwn(content, key)) delete (draft as Record<string, unknown>)[key];
  }
  Object.assign(draft, content);
}
