import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { siteBase, siteFolder } from './built-site.ts';
import { openBrowser, openPage, type WatchedPage } from './open-browser.ts';
import { type ServedSite, serveSite } from './serve-site.ts';

export interface SiteInBrowser {
  /** Ends in a slash. */
  readonly url: string;
  openPage(options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** The built site, served to a browser while the tests of a `describe` run. */
export function siteInBrowser(): SiteInBrowser {
  let served: ServedSite;
  let browser: Browser;
  beforeAll(async () => {
    served = await serveSite(siteFolder, siteBase());
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });
  return {
    get url() {
      return served.url;
    },
    openPage: (options) => openPage(browser, served.url, options),
  };
}
