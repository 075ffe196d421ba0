/** Whether objects and arrays lie inside each other more than `levels` deep. Looks no deeper than that. */
export function isNestedDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isNestedDeeperThan(levels - 1, inner));
}
