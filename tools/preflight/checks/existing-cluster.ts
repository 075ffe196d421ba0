import type { ExistingClusterConfig } from '../../../lib/config/stage-config.ts';
import { todosOr, type Judgement } from '../verdict.ts';
import { described, type ClusterFacts } from './own-cluster.ts';

export interface ExistingClusterFacts extends ClusterFacts {
  /** True when clients can authenticate by IAM. */
  readonly iam: boolean;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** Checks that an existing cluster matches the stage's description. */
export function judgeExistingCluster(
  config: ExistingClusterConfig,
  there: ExistingClusterFacts | undefined,
): readonly Judgement[] {
  if (there === undefined)
    return todosOr([`${config.clusterArn} does not exist: set the ARN of a provisioned cluster`], '');
  const type = there.instanceType.startsWith('express.') ? 'express' : 'standard';
  return todosOr(
    [
      ...(there.state === 'ACTIVE' ? [] : [`it is ${there.state}: wait until it is ACTIVE`]),
      ...(there.iam ? [] : ['it accepts no IAM authentication: ask its owner to enable it']),
      ...(type === config.brokerType
        ? []
        : [`its brokers are ${there.instanceType}: set existingCluster.brokerType to "${type}"`]),
      ...placeTodos(config, there),
    ],
    described(there.brokers, there.instanceType, there.storageGibibytes),
  );
}

function placeTodos(config: ExistingClusterConfig, there: ExistingClusterFacts): readonly string[] {
  const named = config.subnetIds.toSorted().join(', ');
  const real = there.subnetIds.toSorted().join(', ');
  return [
    ...(named === real ? [] : [`existingCluster.subnetIds names ${named}, and its brokers are in ${real}`]),
    ...(there.securityGroupIds.includes(config.securityGroupId)
      ? []
      : [
          `existingCluster.securityGroupId is ${config.securityGroupId}, and its brokers have ` +
            there.securityGroupIds.join(', '),
        ]),
  ];
}
