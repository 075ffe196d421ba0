import type { Page } from 'playwright-core';

/** What the page looked like at one moment. */
export interface ScreencastFrame {
  readonly png: Uint8Array;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A frame that differs from the last one by less time is left out. */
const LEAST_APART_MS = 200;

/**
 * Records what a page looks like, without loss; playwright's own recording is JPEG, whose noise no animation can compress.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Page/#method-startScreencast
 * @returns what ends it and gives the frames, the oldest first.
 */
export async function startScreencast(page: Page): Promise<() => Promise<readonly ScreencastFrame[]>> {
  const session = await page.context().newCDPSession(page);
  const frames: ScreencastFrame[] = [];
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    const at = Date.now();
    if (at - (frames.at(-1)?.at ?? 0) >= LEAST_APART_MS)
      frames.push({ png: Buffer.from(data, 'base64'), at });
    // A session that was closed meanwhile sends nothing more.
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  await session.send('Page.startScreencast', { format: 'png' });
  return async () => {
    await session.send('Page.stopScreencast');
    frames.push({ png: await page.screenshot(), at: Date.now() });
    await session.detach();
    return frames;
  };
}
