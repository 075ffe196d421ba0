/** Notices when nothing is heard of something for a while. */
export interface SilenceWatch {
  /** Something was heard: the time begins anew. */
  heard(): void;
  stop(): void;
}

/** Calls `tell` each time that nothing was heard for so long. A call that fails is of no interest: the work itself goes on. */
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
