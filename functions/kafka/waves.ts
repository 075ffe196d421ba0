/**
 * Splits items into waves: the items of one wave share no sequence, and an item's wave comes after those of all earlier
 * items it shares one with. So a wave can be handled together and in any order.
 */
export function splitIntoWaves<T>(
  items: readonly T[],
  sequencesOf: (item: T) => readonly string[],
): readonly (readonly T[])[] {
  const waves: T[][] = [];
  const next = new Map<string, number>();
  for (const item of items) {
    const sequences = sequencesOf(item);
    const wave = Math.max(0, ...sequences.map((name) => next.get(name) ?? 0));
    (waves[wave] ??= []).push(item);
    for (const name of sequences) next.set(name, wave + 1);
  }
  return waves;
}
