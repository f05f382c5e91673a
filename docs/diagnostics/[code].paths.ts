import { describeCodes } from '../../src/index.ts';
import { renderCodePage } from '../.vitepress/build/render-code-page.ts';

/** A page for each diagnostic code, written from what the source says of it. */
export default {
  paths: () =>
    describeCodes().map((description) => ({
      params: { code: description.code },
      content: renderCodePage(description, process.env['DOCS_BASE'] ?? '/'),
    })),
};
