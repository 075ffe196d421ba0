import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Proves that somebody has shown the run's token. Every change asks for one, so that no way in can leave the check out.
 */
export class Permit {
  private constructor() {
    Object.freeze(this);
  }

  /** Compares a token with the run's own. @returns nothing for another one, or for none. */
  static for(token: string | undefined, runToken: string): Permit | undefined {
    if (token === undefined || token === '' || runToken === '') return undefined;
    return timingSafeEqual(digest(token), digest(runToken)) ? new Permit() : undefined;
  }
}

/** Makes tokens of any length comparable. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
