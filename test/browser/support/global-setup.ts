/* oxlint-disable import/no-default-export -- Jest calls the default export. */
import { prepareBrowser } from '../../../tools/pictures/browser.ts';

/** Unpacks the browser once, before test files begin to share it. */
export default async function setUp(): Promise<void> {
  await prepareBrowser();
}
