import { type ExampleOptions, parseExampleOptions } from '../../../src/markdown-it/index.ts';
import type { PlaygroundState } from './share-state.ts';

export interface GuideExample {
  /** The heading of the page it stands on. */
  readonly page: string;
  readonly title: string;
  readonly state: PlaygroundState;
}

/** What the playground shows for an example of the guide. */
export function stateOfExample(text: string, { scenario, traces, compare }: ExampleOptions): PlaygroundState {
  const trace = traces[0];
  return {
    text,
    scenario,
    ...(trace && { url: trace.url }),
    ...(trace?.address && { address: trace.address }),
    ...(trace?.method && { method: trace.method }),
    ...(trace && Object.keys(trace.headers).length > 0 && { headers: trace.headers }),
    ...(compare && { compare }),
  };
}

/** Every example of a page under the heading it stands below; one that only looks at another again is left out. */
export function examplesOfPage(markdown: string): readonly GuideExample[] {
  const page = /^# (.+)$/m.exec(markdown)?.[1] ?? '';
  const texts = new Map<string, string>();
  const examples: GuideExample[] = [];
  let heading = page;
  // What stands in a longer fence shows how examples are written.
  const text = markdown.replace(/^````[\s\S]*?^````$/gm, '');
  for (const match of text.matchAll(/^#{2,3} (.+)$|^```(\w+ xdsim[^\n]*)\n([\s\S]*?)^```/gm)) {
    const [, newHeading, info, content = ''] = match;
    if (newHeading !== undefined) heading = newHeading.replace(/[`*]|\s*\{#.*\}/g, '');
    const options = info === undefined ? undefined : parseExampleOptions(info);
    if (!options) continue;
    const base = options.from === undefined ? '' : (texts.get(options.from) ?? '');
    const manifests = base === '' || content === '' ? base + content : `${base}---\n${content}`;
    if (options.id !== undefined) texts.set(options.id, manifests);
    if (content !== '')
      examples.push({ page, title: options.title ?? heading, state: stateOfExample(manifests, options) });
  }
  return numberTitles(examples);
}

function numberTitles(examples: readonly GuideExample[]): readonly GuideExample[] {
  const seen = new Map<string, number>();
  return examples.map((example) => {
    const count = (seen.get(example.title) ?? 0) + 1;
    seen.set(example.title, count);
    return count === 1 ? example : { ...example, title: `${example.title} (${count})` };
  });
}
