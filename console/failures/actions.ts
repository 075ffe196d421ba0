import type { LetterWorkView } from '../model/failures.ts';
import type { LetterChoice } from './letter-choice.ts';

/** What is done with dead letters. @throws what the operation refuses, in words for a person. */
export interface LetterActions {
  /** Tells what a redrive would do, without effects. @param tell - hears how far it is. */
  readonly rehearse: (
    consumer: string,
    choice: LetterChoice,
    tell: (progress: string) => void,
  ) => Promise<LetterWorkView>;
  /** Brings letters back to their consumer. @param tell - hears how far it is. */
  readonly redrive: (
    consumer: string,
    choice: LetterChoice,
    tell: (progress: string) => void,
  ) => Promise<LetterWorkView>;
}
