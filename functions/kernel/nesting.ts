/** Whether objects and arrays lie inside each other more than `levels` deep. Looks no deeper than that. */
export function isNestedDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  // In place: this looks at every part of every record, and a list of values would be made for each.
  for (const inner of Array.isArray(value) ? value : Object.values(value))
    if (typeof inner === 'object' && isNestedDeeperThan(levels - 1, inner)) return true;
  return false;
}
