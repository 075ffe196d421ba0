import { countResources } from '../resource-counts.ts';
import { ofType } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';
import { doorRules } from './door-rules.ts';

/** A way into the account from outside, or out of it. */
export interface Door {
  readonly resource: string;
  readonly door: string;
}

/** The judgement of all resources of one type. */
export interface DoorVerdict {
  readonly type: string;
  readonly count: number;
  /** Undefined when no rule knows the type. */
  readonly judgedBy: string | undefined;
  readonly doors: readonly Door[];
}

/** Lists every type of the stage with its rule and the doors found. */
export function findDoors(stage: Stage): readonly DoorVerdict[] {
  return countResources(stage).map(({ type, total }) => {
    const rule = doorRules.find(({ types }) => types.includes(type));
    const doors = ofType(stage, type).flatMap((resource) =>
      (rule?.doors(resource, stage) ?? []).map((door) => ({ resource: resource.name, door })),
    );
    return { type, count: total, judgedBy: rule?.judgedBy, doors };
  });
}
