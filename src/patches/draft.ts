import type { Draft } from '../xds/draft.ts';

/** Makes a draft hold what another object holds, and nothing else. */
export function overwrite<T extends object>(draft: Draft<T>, content: T): void {
  for (const key of Object.keys(draft)) {
    if (!Object.hasOwn(content, key)) delete (draft as Record<string, unknown>)[key];
  }
  Object.assign(draft, content);
}
