const REDRAW_EVERY_MS = 250;
const CLEAR_LINE = '\r\u001B[2K';

/** The stream for progress: standard error, so that standard output has results only. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressLine {
  update(text: string): void;
  /** Takes the line away. */
  done(): void;
}

/** One line that is written over again on a terminal. Elsewhere, such as in a log of CI, it is silent. */
export function progressLine(stream: ProgressStream, now: () => number): ProgressLine {
  if (stream.isTTY !== true) return { update: () => undefined, done: () => undefined };
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    update: (text) => {
      if (now() - drawnAt < REDRAW_EVERY_MS) return;
      drawnAt = now();
      stream.write(CLEAR_LINE + text);
    },
    done: () => {
      stream.write(CLEAR_LINE);
    },
  };
}
