/** One value that differs; `undefined` when one side has none. */
export interface Difference {
  /** Keys from the outside in, such as `0.payload.errorType`. */
  readonly path: string;
  readonly own: unknown;
  readonly official: unknown;
}

/** Compares two JSON values key by key. */
export function compare(own: unknown, official: unknown): readonly Difference[] {
  const [ours, theirs] = [leaves(own), leaves(official)];
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .map((path) => ({ path, own: ours.get(path), official: theirs.get(path) }))
    .filter((leaf) => leaf.own !== leaf.official);
}

/** Masks the values that differ with each invocation: ids, ports and names of log streams. */
export function masked(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replaceAll(/127\.0\.0\.1:\d+/g, '<runtime API>')
    .replaceAll(/\[\$LATEST\][0-9a-f]{32}/g, '[$LATEST]<stream>');
}

/** Removes the stack frames of the client itself, which always differ. */
export function withoutClientFrames(payload: unknown, codeDirectory: string): unknown {
  if (typeof payload !== 'object' || payload === null || !('trace' in payload)) return payload;
  const { trace } = payload;
  if (!Array.isArray(trace)) return payload;
  const isOfFunction = (line: unknown) =>
    !/^\s+at /.test(String(line)) || String(line).includes(codeDirectory);
  return { ...payload, trace: trace.filter(isOfFunction) };
}

function leaves(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([['', value]]);
  const found = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    for (const [path, leaf] of leaves(inner)) found.set(path === '' ? key : `${key}.${path}`, leaf);
  }
  return found.size > 0 ? found : new Map([['', Array.isArray(value) ? '[]' : '{}']]);
}
