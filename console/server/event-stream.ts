import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { ConsoleState } from '../sampling/console-state.ts';

/** A browser has one stream for each page that is in sight. */
const MOST_VIEWERS = 100;
/** The page gets updates no more often than this, however fast the state changes. */
const TELL_EVERY_MS = 250;
/** A stream that says nothing for longer may be cut on its way. */
const SIGN_OF_LIFE_MS = 15_000;

const nothing = (): void => undefined;

/** Tells viewers which parts have changed. The messages hold numbers only; the page then asks for what it shows. */
export class EventStreams {
  readonly #state: ConsoleState;

  constructor(state: ConsoleState) {
    this.#state = state;
  }

  get isFull(): boolean {
    return this.#state.viewers >= MOST_VIEWERS;
  }

  open(context: Context): Response {
    return streamSSE(context, async (stream) => {
      const leave = this.#state.watch();
      try {
        await this.#tell(stream);
      } finally {
        leave();
      }
    });
  }

  async #tell(stream: SSEStreamingApi): Promise<void> {
    let wake = nothing;
    let isNew = true;
    const unsubscribe = this.#state.onChange(() => {
      isNew = true;
      wake();
    });
    stream.onAbort(() => {
      unsubscribe();
      wake();
    });
    const isOpen = (): boolean => !stream.aborted && !stream.closed;
    while (isOpen()) {
      if (!isNew) {
        const change = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([change, stream.sleep(SIGN_OF_LIFE_MS)]);
      }
      if (!isOpen()) break;
      isNew = false;
      await stream.writeSSE({ data: JSON.stringify(this.#state.revisions) });
      await stream.sleep(TELL_EVERY_MS);
    }
    unsubscribe();
  }
}
