import { todosOr, type Judgement } from '../verdict.ts';

/** An event source mapping on the cluster, whoever made it. */
export interface MappingFacts {
  readonly consumerGroupId: string;
  readonly functionName: string;
}

/** What a stage asks of the mappings that are there. */
export interface OwnGroups {
  /** What the names of the stage's functions begin with. */
  readonly functionPrefix: string;
  readonly consumerGroupIds: readonly string[];
}

/** Two functions in one group share its records: each of them would miss some, and nobody would be told. */
export function judgeGroupsOfOthers(
  { functionPrefix, consumerGroupIds }: OwnGroups,
  mappings: readonly MappingFacts[],
): readonly Judgement[] {
  const taken = mappings.filter(
    ({ consumerGroupId, functionName }) =>
      consumerGroupIds.includes(consumerGroupId) && !functionName.startsWith(functionPrefix),
  );
  return todosOr(
    taken.map(
      ({ consumerGroupId, functionName }) =>
        `${functionName} already reads in the group ${consumerGroupId}, and both would share its records: ` +
        'set another existingCluster.prefix',
    ),
    'no other function reads in the groups of this stage',
  );
}
