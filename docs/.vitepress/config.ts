import { defineConfig } from 'vitepress';
import { type MarkdownRenderer, xdsim } from '../../src/markdown-it/index.ts';
import { addContentSecurityPolicy } from './build/content-security-policy.ts';
import { patchesOnDemand } from './build/patches-on-demand.ts';
import { writeServiceWorker } from './build/write-service-worker.ts';
import { stateOfExample } from './playground/examples.ts';
import { encodeState } from './playground/share-state.ts';
import { sidebar } from './sidebar.ts';

/** Where the site is served from, with a slash at both ends: `DOCS_BASE=/xdsim/ npm run docs:build`. */
const base = process.env['DOCS_BASE'] ?? '/';

export default defineConfig({
  base,
  lang: 'en',
  title: 'xdsim',
  description: 'What Istio sends to an Envoy proxy, and what Envoy does with a connection: simulated offline.',
  srcExclude: ['**/_*/**', 'how-we-know/figures.md'],
  lastUpdated: false,
  head: [
    ['link', { rel: 'icon', href: `${base}favicon.svg`, type: 'image/svg+xml' }],
    ['meta', { name: 'theme-color', content: '#2f6f8f' }],
  ],
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/guide/getting-started', activeMatch: '/guide/' },
      { text: 'Reference', link: '/reference/command-line', activeMatch: '/(reference|diagnostics)/' },
      { text: 'Playground', link: '/playground' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: 'Previous', next: 'Next' },
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: (markdown) => {
      xdsim(markdown as unknown as MarkdownRenderer, {
        playgroundUrl: ({ text, options }) => `${base}playground.html#${encodeState(stateOfExample(text, options))}`,
      });
    },
  },
  vite: {
    worker: { format: 'es', plugins: () => [patchesOnDemand()] },
    build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  },
  transformHtml: (html) => addContentSecurityPolicy(html),
  buildEnd: ({ outDir }) => writeServiceWorker(outDir),
});
