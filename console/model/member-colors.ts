/** Gives each member of a group the lowest colour that no other member has, for as long as it is there. */
export class MemberColors {
  readonly #groups = new Map<string, Map<string, number>>();

  /** @returns colour numbers from 0 by member id. Two groups share the numbers. */
  of(groupId: string, memberIds: readonly string[]): ReadonlyMap<string, number> {
    const before = this.#groups.get(groupId) ?? new Map<string, number>();
    const kept = memberIds.flatMap((id) => {
      const color = before.get(id);
      return color === undefined ? [] : [[id, color] as const];
    });
    const colors = new Map(kept);
    const taken = new Set(colors.values());
    for (const id of memberIds) {
      if (colors.has(id)) continue;
      const color = lowestFree(taken);
      taken.add(color);
      colors.set(id, color);
    }
    this.#groups.set(groupId, colors);
    return colors;
  }
}

function lowestFree(taken: ReadonlySet<number>): number {
  let color = 0;
  while (taken.has(color)) color += 1;
  return color;
}
