import type { Stage } from './stage/stage.ts';

/** How many resources of a type each stack has. */
export interface TypeCount {
  readonly type: string;
  readonly total: number;
  readonly byStack: Readonly<Record<string, number>>;
}

/** The resources of a stage by type, in alphabetical order. */
export function countResources(stage: Stage): readonly TypeCount[] {
  const types = [...new Set(stage.resources.map(({ type }) => type))].toSorted();
  return types.map((type) => {
    const found = stage.resources.filter((resource) => resource.type === type);
    const byStack = Object.fromEntries(
      stage.stacks.map(({ stackName }) => [
        stackName,
        found.filter((resource) => resource.stackName === stackName).length,
      ]),
    );
    return { type, total: found.length, byStack };
  });
}
