import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { sitePages } from './built-site.ts';
import { chromiumPath, type openPage, whySkipped } from './open-browser.ts';
import { siteInBrowser } from './site-in-browser.ts';

if (!chromiumPath) console.log(`pages: ${whySkipped}`);

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tabs = 3;

describe.skipIf(!chromiumPath)('pages in a browser', () => {
  const site = siteInBrowser();

  it('all load without a complaint', async () => {
    const complaints = await inTabs(sitePages(), async (page, name) => {
      await page.goto(site.url + name, { waitUntil: 'load' });
      await page.waitForSelector('h1');
    });
    expect(complaints).toEqual([]);
  });

  const looks = [
    { name: 'light and wide', options: { colorScheme: 'light', viewport: { width: 1280, height: 900 } } },
    { name: 'dark and narrow', options: { colorScheme: 'dark', viewport: { width: 390, height: 800 } } },
  ] as const;

  it.each(looks)('have no serious accessibility violation: $name', async ({ options }) => {
    const pages = sitePages().filter((name) => !name.startsWith('diagnostics/') && !name.startsWith('reference/api/'));
    const chosen = [
      ...pages,
      'diagnostics/index.html',
      'diagnostics/tcp-without-address.html',
      'reference/api/index.html',
    ];
    const complaints = await inTabs(
      chosen,
      async (page, name) => {
        await page.goto(site.url + name, { waitUntil: 'load' });
        await page.waitForSelector(name === 'playground.html' ? '.cm-content' : 'h1');
        // The playground's page changes while its answers arrive, and axe stumbles over what is gone.
        if (name === 'playground.html') await page.waitForTimeout(2_000);
        const violations = await findViolations(page).catch(() => findViolations(page));
        if (violations.length > 0) throw new Error(violations.join('\n'));
      },
      options,
    );
    expect(complaints).toEqual([]);
  });

  it('are no wider than a phone', async () => {
    const complaints = await inTabs(
      sitePages().filter((name) => !name.startsWith('diagnostics/')),
      async (page, name) => {
        await page.goto(site.url + name, { waitUntil: 'load' });
        await page.waitForSelector('h1');
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) throw new Error(`${overflow} pixels too wide`);
      },
      { viewport: { width: 360, height: 740 } },
    );
    expect(complaints).toEqual([]);
  });

  it('work offline after the first visit', async () => {
    const { context, page } = await site.openPage({ serviceWorkers: 'allow' });
    await page.goto(site.url, { waitUntil: 'load' });
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await context.setOffline(true);
    await page.goto(`${site.url}guide/resolution.html`);
    expect(await page.textContent('h1')).toContain('Resolution');
    await page.goto(`${site.url}playground.html`);
    await page.waitForFunction(() => /ms$/.test(document.querySelector('.pg-time')?.textContent ?? ''));
    await context.close();
  });

  it('are found by search', async () => {
    const { context, page, complaints } = await site.openPage();
    await page.goto(site.url, { waitUntil: 'load' });
    await page.waitForTimeout(300);
    await page.keyboard.press('Control+k');
    await page.fill('#localsearch-input', 'DYNAMIC_DNS');
    await page.waitForSelector('#localsearch-list a[href*="wildcard-egress"]');
    expect(complaints).toEqual([]);
    await context.close();
  });

  /** Visits pages in a few tabs at once; gives what went wrong, page by page. */
  async function inTabs(
    names: readonly string[],
    visit: (page: Page, name: string) => Promise<void>,
    options: Parameters<typeof openPage>[2] = {},
  ): Promise<readonly string[]> {
    const queue = [...names];
    const problems: string[] = [];
    const work = async (): Promise<void> => {
      const { context, page, complaints } = await site.openPage(options);
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        await visit(page, name).catch((error: Error) => problems.push(`${name}: ${error.message}`));
        problems.push(...complaints.splice(0).map((complaint) => `${name}: ${complaint}`));
      }
      await context.close();
    };
    await Promise.all(Array.from({ length: tabs }, work));
    return problems;
  }
});

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact?: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

async function findViolations(page: Page): Promise<readonly string[]> {
  // As a string it is no script of the page, so the page's security policy lets it in.
  await page.evaluate(axe);
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  )) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ target, failureSummary = '' }) => `${id} ${target.join(' ')} ${failureSummary.replace(/\s+/g, ' ')}`),
    );
}
