/** About two seconds; most bugs that were planted showed within a hundred traces. */
const DEFAULT_TRACES = 1_000;
const MAXIMUM_TRACES = 1_000_000;

/**
 * Reads how many random traces a property test tries.
 *
 * @param text - a whole number from 1 to 1,000,000; absent: 1,000.
 * @throws {Error} when it is something else.
 */
export function numberOfTraces(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TRACES;
  const traces = /^\d+$/.test(text) ? Number(text) : 0;
  if (traces >= 1 && traces <= MAXIMUM_TRACES) return traces;
  throw new Error(
    `TRACES is "${text}"; allowed is a whole number from 1 to ${MAXIMUM_TRACES}. Set one, or unset TRACES for ${DEFAULT_TRACES}.`,
  );
}
