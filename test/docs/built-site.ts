import fs from 'node:fs';
import path from 'node:path';

/** Where `npm run docs:build` puts the site. */
export const siteFolder = path.resolve('docs/.vitepress/dist');

/** The path that the site was built for, with a slash at both ends. */
export function siteBase(): string {
  const index = path.join(siteFolder, 'index.html');
  if (!fs.existsSync(index)) throw new Error('the site is not built: run `npm run docs:build` first');
  return /href="([^"]*)favicon\.svg"/.exec(fs.readFileSync(index, 'utf8'))?.[1] ?? '/';
}

/** Every page, by its path below the base. */
export function sitePages(): readonly string[] {
  return fs
    .readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}
