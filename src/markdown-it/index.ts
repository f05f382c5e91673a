/**
 * Examples in documentation that are translated and traced while the page is built.
 *
 * @module xdsim/markdown-it
 */
export type { Trace } from '../explain/follow-url.ts';

import { ExampleError } from './example-error.ts';
import { type ExampleOptions, parseExampleOptions } from './example-options.ts';
import { renderExample } from './render-example.ts';
import { runExample } from './run-example.ts';

export { ExampleError } from './example-error.ts';
export { type ExampleOptions, type ExpectedTrace, parseExampleOptions } from './example-options.ts';
export { type RenderOptions, renderExample } from './render-example.ts';
export { type ExampleResult, runExample } from './run-example.ts';

/** The part of a markdown-it token that is read and written. */
export interface MarkdownToken {
  info: string;
  content: string;
  readonly map: readonly [number, number] | null;
}

type FenceRule = (tokens: MarkdownToken[], index: number, options: unknown, env: unknown, self: unknown) => string;

/** The part of markdown-it that the plugin needs; any version since 8 has it. */
export interface MarkdownRenderer {
  readonly renderer: { readonly rules: { fence?: unknown } };
}

export interface PluginOptions {
  /** Gives the link to a playground for an example; without it there is none. */
  readonly playgroundUrl?: (example: { readonly text: string; readonly options: ExampleOptions }) => string;
}

/**
 * A markdown-it plugin that runs the fences marked `xdsim` and shows below each what istiod sends and where requests
 * go. A broken example throws, which fails the build of the page.
 *
 * ````md
 * ```yaml xdsim clusters explain=https://api.example.com/ to="outbound|443||api.example.com"
 * apiVersion: networking.istio.io/v1
 * …
 * ```
 * ````
 *
 * @example
 * import markdownit from 'markdown-it';
 * import { xdsim } from 'xdsim/markdown-it';
 *
 * const html = markdownit().use(xdsim).render(page);
 */
export function xdsim(markdown: MarkdownRenderer, pluginOptions: PluginOptions = {}): void {
  const rules = markdown.renderer.rules;
  const fence = rules.fence as FenceRule;
  // Manifests that a later fence of the same page builds on; `env` is one page's.
  const pages = new WeakMap<object, Map<string, string>>();

  rules.fence = ((tokens, index, markdownOptions, env, self) => {
    const token = tokens[index];
    if (token === undefined || !/^\S+\s+xdsim(\s|$)/.test(token.info))
      return fence(tokens, index, markdownOptions, env, self);
    const renderYaml = (yaml: string): string =>
      fence(
        [Object.assign(Object.create(token) as MarkdownToken, { info: 'yaml', content: yaml })],
        0,
        markdownOptions,
        env,
        self,
      );
    try {
      const options = parseExampleOptions(token.info);
      if (options === undefined) throw new ExampleError('examples are written in yaml or json.');
      const text = completeText(token.content, options, examplesOf(pages, env));
      const result = runExample(text, options);
      const playgroundUrl = pluginOptions.playgroundUrl?.({ text, options });
      const output = renderExample(result, { renderYaml, ...(playgroundUrl !== undefined && { playgroundUrl }) });
      const input = options.hidden || token.content.trim() === '' ? '' : renderYaml(token.content);
      // v-pre: Vue, where a page is compiled by it, leaves braces in the output alone.
      return `<div class="xdsim-example" v-pre>${input}${output}</div>\n`;
    } catch (error) {
      if (!(error instanceof ExampleError)) throw error;
      throw new ExampleError(`${placeOf(token, env)}: ${error.message}`);
    }
  }) satisfies FenceRule;
}

function examplesOf(pages: WeakMap<object, Map<string, string>>, env: unknown): Map<string, string> {
  const key = typeof env === 'object' && env !== null ? env : pages;
  const examples = pages.get(key) ?? new Map<string, string>();
  pages.set(key, examples);
  return examples;
}

function completeText(content: string, { from, id }: ExampleOptions, examples: Map<string, string>): string {
  const base = from === undefined ? '' : examples.get(from);
  if (base === undefined) throw new ExampleError(`no example "${from}" comes before this one.`);
  const text = base === '' || content.trim() === '' ? base + content : `${base}---\n${content}`;
  if (id !== undefined) examples.set(id, text);
  return text;
}

function placeOf({ map }: MarkdownToken, env: unknown): string {
  const page = (env as { readonly relativePath?: string; readonly path?: string } | undefined)?.relativePath;
  return `example${page ? ` in ${page}` : ''}${map ? `, line ${map[0] + 1}` : ''}`;
}
