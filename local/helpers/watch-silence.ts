/** Detects a silence. */
export interface SilenceWatch {
  /** Reports activity, which restarts the time. */
  heard(): void;
  stop(): void;
}

/** Calls `tell` after each such time without activity. A failed call is ignored, because the work itself continues. */
export function watchSilence(afterMs: number, tell: () => Promise<void>): SilenceWatch {
  const timer = setInterval(() => {
    void tell().catch(() => undefined);
  }, afterMs).unref();
  return {
    heard: () => {
      timer.refresh();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
