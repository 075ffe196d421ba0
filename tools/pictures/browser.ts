import { mkdtemp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { execa } from 'execa';
import type { Browser, LaunchOptions } from 'playwright-core';

/** Where the browser of the tests is; set once by the global set-up. */
const EXECUTABLE = 'ORDERS_TEST_BROWSER';
/** Folder of libraries that a bare Linux lacks. */
const LIBRARIES = 'ORDERS_TEST_BROWSER_LIBRARIES';

/** Without what turns the protections of a browser off: they are part of what is tested. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--headless=shell',
  '--hide-scrollbars',
];

const NONE =
  'There is no browser for the browser tests. On Linux `npm ci` brings one (@sparticuz/chromium, an optional package); elsewhere install Google Chrome.';

/** Finds the browser: the one from npm on Linux, an installed Chrome elsewhere. @throws {Error} saying what to do when there is none. */
export async function prepareBrowser(): Promise<void> {
  const chromium =
    process.platform === 'linux' ? await import('@sparticuz/chromium').catch(() => undefined) : undefined;
  if (chromium !== undefined) process.env[EXECUTABLE] = await chromium.default.executablePath();
  if (await canLaunch()) return;
  if (chromium !== undefined) process.env[LIBRARIES] = await unpackLibraries();
  if (chromium === undefined || !(await canLaunch())) throw new Error(NONE);
}

async function canLaunch(): Promise<boolean> {
  try {
    const browser = await launchBrowser();
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/** Starts the browser. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const executable = process.env[EXECUTABLE];
  const options: LaunchOptions =
    executable === undefined
      ? { channel: 'chrome' }
      : { executablePath: executable, env: { ...process.env, LD_LIBRARY_PATH: libraryPath() } };
  return chromium.launch({ ...options, args: ARGUMENTS });
}

const libraryPath = (): string =>
  [process.env['LD_LIBRARY_PATH'] ?? '', process.env[LIBRARIES] ?? ''].filter(Boolean).join(':');

/** Unpacks the libraries that a desktop has and a bare Linux has not; the package brings them along. @returns their folder. */
async function unpackLibraries(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packed = await readFile(join(dirname(entry), '..', '..', 'bin', 'al2023.tar.br'));
  const folder = await mkdtemp(join(tmpdir(), 'browser-libraries-'));
  await execa('tar', ['--extract', '--directory', folder], {
    input: await promisify(brotliDecompress)(packed),
  });
  return join(folder, 'lib');
}
