import { createHash } from 'node:crypto';

/** 128 bits: no two names of this system will ever share an id. */
const ID_LENGTH = 32;

/**
 * The same id for the same parts on every delivery, as `<prefix>-<32 hexadecimal digits>`; so a document that is made
 * again is the same document, and its id serves as idempotency key towards other systems.
 */
export function deterministicId(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, ID_LENGTH)}`;
}
