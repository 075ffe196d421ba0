import type { LetterWorkView } from '../model/failures.ts';
import type { LetterChoice } from './letter-choice.ts';

/** What is done with dead letters. @throws what the operation refuses, in words for a person. */
export interface LetterActions {
  /** Reports what a redrive would do, without effects. @param tell - gets the progress. */
  readonly rehearse: (
    consumer: string,
    choice: LetterChoice,
    tell: (progress: string) => void,
  ) => Promise<LetterWorkView>;
  /** Sends letters back to their consumer. @param tell - gets the progress. */
  readonly redrive: (
    consumer: string,
    choice: LetterChoice,
    tell: (progress: string) => void,
  ) => Promise<LetterWorkView>;
}
