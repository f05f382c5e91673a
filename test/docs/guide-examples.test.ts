import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type MarkdownToken, xdsim } from '../../src/markdown-it/index.ts';

const folder = 'docs/guide';
const pages = fs.readdirSync(folder).filter((name) => name.endsWith('.md'));

/** As the build of the site does, but without the site: so that a change that breaks a page is seen where it is made. */
describe('examples of the guide', () => {
  it.each(pages)('%s says what is so', (page) => {
    const rules: { fence: unknown } = { fence: () => '' };
    xdsim({ renderer: { rules } });
    const render = rules.fence as (tokens: MarkdownToken[], index: number, options: object, env: object) => string;
    const env = { relativePath: `guide/${page}` };
    for (const token of fencesOf(fs.readFileSync(`${folder}/${page}`, 'utf8')))
      expect(() => render([token], 0, {}, env)).not.toThrow();
  });
});

function fencesOf(markdown: string): readonly MarkdownToken[] {
  // What stands in a longer fence shows how examples are written.
  const shown = markdown.replace(/^````[\s\S]*?^````$/gm, (longer) => longer.replace(/.+/g, ''));
  return [...shown.matchAll(/^```(\w+ xdsim[^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ({ 1: info = '', 2: content = '', index }) => {
      const line = shown.slice(0, index).split('\n').length - 1;
      return { info, content, map: [line, line] };
    },
  );
}
