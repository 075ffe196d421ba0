/** Whether objects and arrays, as `JSON.parse` gives them, lie inside each other more than `levels` deep. Looks no deeper than that. */
export function isNestedDeeperThan(levels: number, value: unknown): boolean {
  if (!isObject(value)) return false;
  if (levels === 0) return true;
  // Without a list of the values of an object: this looks at every part of every record.
  if (Array.isArray(value)) return value.some((inner) => isNestedDeeperThan(levels - 1, inner));
  for (const name in value) {
    const inner = value[name];
    if (typeof inner === 'object' && isNestedDeeperThan(levels - 1, inner)) return true;
  }
  return false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
