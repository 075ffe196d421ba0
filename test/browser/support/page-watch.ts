import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page, and all that it complained of. */
export interface WatchedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Lines of the browser's console, errors of scripts, dialogs, and requests to other hosts. */
  readonly complaints: readonly string[];
}

/** Opens a page of a new visitor. */
export async function openPage(
  browser: Browser,
  endpoint: string,
  { width = 1280, height = 900 }: { readonly width?: number; readonly height?: number } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width, height } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol, port } = new URL(request.url());
    if (protocol !== 'file:' && port !== new URL(endpoint).port) complaints.push(`request: ${request.url()}`);
  });
  return { context, page, complaints };
}

/** What axe finds serious or critical: its rule, and the elements. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  // Run by the debugger, so that the page's own policy stays as it is.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { target: string[]; html: string }[] }[];
  }>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 120)}`).join('; ')}`,
    );
}
