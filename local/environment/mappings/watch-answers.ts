/** Whom somebody asks again and again, and where it is told that there is no answer. */
export interface Watched {
  /** Such as `The AWS endpoint http://127.0.0.1:4566`. */
  readonly what: string;
  readonly tell: (line: string) => void;
}

/** Says once that a question gets no answer, and once that it gets one again, however often it is asked in between. */
export function watchAnswers(ask: () => Promise<void>, { what, tell }: Watched): () => Promise<void> {
  let isSilent = false;
  return async () => {
    try {
      await ask();
      if (isSilent) tell(`INFO ${what} answers again.`);
      isSilent = false;
    } catch (error) {
      if (!isSilent) tell(`WARN ${what} does not answer: ${String(error)}`);
      isSilent = true;
    }
  };
}
