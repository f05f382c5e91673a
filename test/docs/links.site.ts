import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { siteBase, siteFolder, sitePages } from './built-site.ts';

const base = siteBase();

describe('links of the built site', () => {
  it('lead to pages and headings that are there', () => {
    const broken = sitePages().flatMap((page) => linksOf(page).flatMap((link) => problemOf(page, link)));
    expect(broken).toEqual([]);
  });

  it('cover every page that the sidebar lists', () => {
    const pages = new Set(sitePages());
    const { length } = [...pages].filter((page) => /^guide\//.test(page));
    expect(length).toBeGreaterThanOrEqual(17);
    expect(pages).toContain('playground.html');
    expect([...pages].filter((page) => page.startsWith('diagnostics/')).length).toBeGreaterThan(60);
  });
});

function linksOf(page: string): readonly string[] {
  const html = fs.readFileSync(path.join(siteFolder, page), 'utf8');
  return [...html.matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)]
    .map(([, link = '']) => link.replaceAll('&amp;', '&'))
    .filter((link) => !/^(https?:|mailto:|data:)/.test(link));
}

function problemOf(page: string, link: string): readonly string[] {
  const address = new URL(link, `http://site${base}${page}`);
  if (!address.pathname.startsWith(base)) return [`${page}: ${link} leaves the site's folder`];
  const name = decodeURIComponent(address.pathname.slice(base.length));
  const candidates = name === '' || name.endsWith('/') ? [`${name}index.html`] : [name, `${name}.html`];
  const file = candidates.map((candidate) => path.join(siteFolder, candidate)).find((found) => fs.existsSync(found));
  if (file === undefined) return [`${page}: ${link} leads nowhere`];
  const heading = decodeURIComponent(address.hash.slice(1));
  // The playground keeps its state there.
  if (heading === '' || heading.startsWith('s=') || !file.endsWith('.html')) return [];
  return idsOf(file).has(heading) ? [] : [`${page}: ${link} leads to a heading that is not there`];
}

const idsByFile = new Map<string, ReadonlySet<string>>();

function idsOf(file: string): ReadonlySet<string> {
  const known = idsByFile.get(file);
  if (known) return known;
  const html = fs.readFileSync(file, 'utf8');
  const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id));
  idsByFile.set(file, ids);
  return ids;
}
