import { createMarkdownRenderer } from 'vitepress';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MarkdownRenderer, type PluginOptions, xdsim } from '../../src/markdown-it/index.ts';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api }
spec:
  hosts: [api.example.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  location: MESH_EXTERNAL
  resolution: DNS
`;
const fence = (words: string, content = entry): string => `\`\`\`yaml ${words}\n${content}\`\`\`\n`;

describe('the markdown-it plugin', () => {
  let render: (page: string, options?: PluginOptions) => string;

  beforeAll(async () => {
    const markdown = await createMarkdownRenderer('.');
    const fences = markdown.renderer.rules.fence;
    render = (page, options) => {
      markdown.renderer.rules.fence = fences as NonNullable<typeof fences>;
      xdsim(markdown as unknown as MarkdownRenderer, options);
      return markdown.render(page, {});
    };
  });

  it('leaves other fences alone', () => {
    expect(render(fence(''))).not.toContain('xdsim');
    expect(render('```ts\nconst xdsim = 1;\n```\n')).not.toContain('xdsim-example');
  });

  it('shows tables, and the same as YAML', () => {
    const html = render(fence('xdsim clusters'));
    expect(html).toContain('<caption>Clusters');
    expect(html).toContain('<td>STRICT_DNS</td>');
    expect(html).toContain('The same as YAML');
    expect(html).not.toContain('BlackHoleCluster');
    expect(render(fence('xdsim clusters all'))).toContain('BlackHoleCluster');
  });

  it('follows a request and shows where it ends', () => {
    const html = render(fence('xdsim explain=https://api.example.com/ to="outbound|443||api.example.com"'));
    expect(html).toContain('Routed to a cluster');
    expect(html).toContain('Why, step by step');
  });

  it('shows a part of the output', () => {
    const html = render(fence('xdsim pick=clusters["outbound|443||api.example.com"].connectTimeout'));
    expect(html).toContain('10s');
  });

  it('compares versions', () => {
    expect(render(fence('xdsim compare=1.29'))).toContain('From Istio 1.29 to 1.30');
  });

  it('builds on an earlier example of the page, and of this page only', () => {
    const second = fence('xdsim from=first clusters', '');
    expect(render(fence('xdsim id=first clusters') + second).match(/STRICT_DNS/g)?.length).toBeGreaterThan(1);
    expect(() => render(second)).toThrow('no example "first" comes before this one');
  });

  it('links to a playground', () => {
    const html = render(fence('xdsim clusters'), { playgroundUrl: ({ text }) => `/play#${text.length}` });
    expect(html).toContain(`href="/play#${entry.length}"`);
  });

  it('escapes what the manifests say', () => {
    const hostile = entry.replace('name: api', 'name: "<img src=x>"');
    expect(render(fence('xdsim clusters', hostile))).not.toContain('<img');
    const shown = render(fence('xdsim diagnostics=field-unknown', `${entry}  "<b>": 1\n`));
    expect(shown).not.toContain('<b>');
  });

  it.each([
    [
      'a diagnostic that nobody expects',
      fence('xdsim clusters', entry.replace('api.example', '"*.example').replace('.com]', '.com"]')),
      'wildcard-with-dns',
    ],
    ['a diagnostic that is expected and missing', fence('xdsim diagnostics=listener-conflict'), 'listener-conflict'],
    [
      'a trace that ends elsewhere',
      fence('xdsim explain=https://api.example.com/ to=PassthroughCluster'),
      'not to PassthroughCluster',
    ],
    ['a trace with another flag', fence('xdsim explain=https://api.example.com/ flag=UH'), 'not UH'],
    ['a part that is not there', fence('xdsim pick=clusters.missing'), 'the output has no clusters.missing'],
    ['a URL that is none', fence('xdsim explain=nonsense'), 'nonsense'],
    ['a word that is not known', fence('xdsim cluster'), '"cluster" is not an option'],
    ['a setting that is not known', fence('xdsim color=red'), '"color=" is not an option'],
    ['an expectation without a trace', fence('xdsim to=PassthroughCluster'), 'follows explain='],
    ['another language', '```js xdsim\n1\n```\n', 'yaml or json'],
  ])('fails the build for %s', (_, page, message) => {
    expect(() => render(page)).toThrow(message);
  });
});
