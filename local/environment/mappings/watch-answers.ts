/** A service that is polled, and the log for its failures. */
export interface Watched {
  /** Such as `The AWS endpoint http://127.0.0.1:4566`. */
  readonly what: string;
  readonly tell: (line: string) => void;
}

/** Logs once that a service stopped answering and once that it answers again, however often it is polled in between. */
export function watchAnswers(ask: () => Promise<void>, { what, tell }: Watched): () => Promise<void> {
  let isSilent = false;
  return async () => {
    try {
      await ask();
      if (isSilent) tell(`INFO ${what} answers again.`);
      isSilent = false;
    } catch (error) {
      if (!isSilent) tell(`WARN ${what} has stopped answering: ${String(error)}`);
      isSilent = true;
    }
  };
}
