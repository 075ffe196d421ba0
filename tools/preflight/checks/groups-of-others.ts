import { todosOr, type Judgement } from '../verdict.ts';

/** An event source mapping on the cluster, whoever created it. */
export interface MappingFacts {
  readonly consumerGroupId: string;
  readonly functionName: string;
}

/** The requirements of a stage on the existing mappings. */
export interface OwnGroups {
  /** The prefix of the stage's function names. */
  readonly functionPrefix: string;
  readonly consumerGroupIds: readonly string[];
}

/**
 * Checks that no other function uses the stage's groups. Two functions in one group share its records, so each would
 * silently miss some.
 */
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
