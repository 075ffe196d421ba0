/** Parses JSON. @returns `undefined`, which JSON itself never yields, for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
