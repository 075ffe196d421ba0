/** Names what a message is about: `<partition>:<offset>`, or `<partition>:<first>-<last>`. */
export function rowId(partition: number, first: number, last = first): string {
  return first === last ? `${partition}:${first}` : `${partition}:${first}-${last}`;
}

/** One record, as {@link rowId} names it; undefined for anything else. */
export function recordOfId(id: string): { readonly partition: number; readonly offset: number } | undefined {
  const [, partition, offset] = /^(\d{1,6}):(\d{1,16})$/.exec(id) ?? [];
  return partition === undefined || offset === undefined
    ? undefined
    : { partition: Number(partition), offset: Number(offset) };
}
