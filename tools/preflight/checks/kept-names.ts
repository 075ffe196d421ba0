import { todosOr, type Judgement } from '../verdict.ts';
import { isDeployed, type StackFacts } from './stacks.ts';

/** Existing resources of an earlier stage with names that this one would use. */
export interface KeptFacts {
  readonly stacks: StackFacts;
  /** ARNs. */
  readonly clusters: readonly string[];
  readonly configurations: readonly string[];
  /** URLs. */
  readonly queues: readonly string[];
  /** On an existing cluster. */
  readonly topics: readonly string[];
}

/** The stacks that would create what may be kept. */
export interface CreatingStacks {
  readonly streaming: string;
  readonly consumers: string;
}

/**
 * Checks for kept resources. A deployed stack owns its resources. Without the stack, they belong to an earlier one
 * and block the creation.
 */
export function judgeKeptNames(creating: CreatingStacks, kept: KeptFacts): readonly Judgement[] {
  const streamingIsThere = isDeployed(kept.stacks, creating.streaming);
  const consumersAreThere = isDeployed(kept.stacks, creating.consumers);
  return todosOr(
    [
      ...(streamingIsThere ? [] : ofStreaming(kept)),
      ...(consumersAreThere ? [] : kept.queues.map(queueAdvice)),
    ],
    'no kept resource has a name that this stage needs',
  );
}

function ofStreaming({ clusters, configurations, topics }: KeptFacts): readonly string[] {
  return [
    ...clusters.map(
      (arn) =>
        `the cluster ${arn} of an earlier stage has the name: if you do not need its records, ` +
        `aws kafka delete-cluster --cluster-arn ${arn}; otherwise docs/deploy.md explains how to continue with it`,
    ),
    ...configurations.map(
      (arn) =>
        `the configuration ${arn} of an earlier stage has the name: after its cluster, ` +
        `aws kafka delete-configuration --arn ${arn}`,
    ),
    ...topics.map(
      (topic) =>
        `the topic ${topic} is already on the cluster: set it as existingCluster.topic to read it, choose another ` +
        'existingCluster.prefix, or delete it',
    ),
  ];
}

function queueAdvice(url: string): string {
  return (
    `the queue ${url} of an earlier stage has the name: look at its messages, and ` +
    `aws sqs delete-queue --queue-url ${url}, a minute before the deployment`
  );
}
