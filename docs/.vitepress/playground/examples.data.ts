import fs from 'node:fs';
import path from 'node:path';
import { defineLoader } from 'vitepress';
import { sidebar } from '../sidebar.ts';
import { examplesOfPage, type GuideExample } from './examples.ts';

export declare const data: readonly GuideExample[];

/** The guide's examples, in the order of its pages. */
export default defineLoader({
  watch: ['../../guide/*.md'],
  load(files: readonly string[]): readonly GuideExample[] {
    const order = sidebar.flatMap(({ items = [] }) => items.map(({ link = '' }) => link));
    const place = (file: string): number => order.indexOf(`/guide/${path.basename(file, '.md')}`);
    return [...files]
      .sort((left, right) => place(left) - place(right))
      .flatMap((file) => examplesOfPage(fs.readFileSync(file, 'utf8')));
  },
});
