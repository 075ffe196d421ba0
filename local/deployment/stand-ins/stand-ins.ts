import { KafkaClient } from '@aws-sdk/client-kafka';

import { awsClientSettings } from '../endpoint/aws-client-settings.ts';
import { makeTopicAtBroker } from './kafka-topics.ts';
import type { KnownNames } from '../substitution/known-names.ts';
import type { StandInValues } from '../substitution/literals.ts';
import { createMskCluster } from './msk-cluster.ts';
import type { StackTemplate, Substitution } from '../substitution/plan-substitutions.ts';
import { optionalText, requiredText } from '../substitution/required-literal.ts';
import type { StandIn } from '../substitution/substitution-table.ts';
import { parseTopicConfigs, planTopic, type TopicSpec } from './topic-plan.ts';

export interface StandInTarget {
  readonly endpoint: string;
  readonly region: string;
  readonly bootstrapServers: string;
  /** Takes work that needs the brokers, which may still be starting. */
  readonly atBrokers: (work: () => Promise<void>) => void;
}

/** A created stand-in: the values for references to the resource, and a more detailed reason if there is one. */
export interface MadeStandIn {
  readonly values: StandInValues;
  readonly reason: string;
}

/** A stack's template, and the known values of its names. */
export interface KnownStack extends StackTemplate {
  readonly known: KnownNames;
}

type Maker = (substitution: Substitution, stack: KnownStack, target: StandInTarget) => Promise<MadeStandIn>;

const MAKERS: Readonly<Record<StandIn, Maker>> = {
  'msk-cluster': makeCluster,
  'kafka-topic': makeTopic,
};

/**
 * Creates the stand-in of a resource at the endpoint, or leaves that to the work at the brokers; returns undefined when the resource has none.
 * A repeated call changes nothing.
 */
export async function makeStandIn(
  substitution: Substitution,
  stack: KnownStack,
  target: StandInTarget,
): Promise<MadeStandIn | undefined> {
  const { standIn } = substitution;
  return standIn === undefined ? undefined : MAKERS[standIn](substitution, stack, target);
}

async function makeCluster(
  { logicalId, reason }: Substitution,
  stack: KnownStack,
  { endpoint, region }: StandInTarget,
): Promise<MadeStandIn> {
  const name = optionalText({ ...stack, logicalId, property: 'ClusterName' }) ?? logicalId;
  const client = new KafkaClient(awsClientSettings(endpoint, region));
  try {
    const arn = await createMskCluster(client, name);
    return { values: { ref: arn, attributes: { Arn: arn, CurrentVersion: 'LOCAL' } }, reason };
  } finally {
    client.destroy();
  }
}

async function makeTopic(
  { logicalId, reason }: Substitution,
  stack: KnownStack,
  { region, bootstrapServers, atBrokers }: StandInTarget,
): Promise<MadeStandIn> {
  const text = (property: string): string => requiredText({ ...stack, logicalId, property });
  const spec: TopicSpec = {
    topic: text('TopicName'),
    partitions: Number(text('PartitionCount')),
    replicationFactor: Number(text('ReplicationFactor')),
    configs: parseTopicConfigs(optionalText({ ...stack, logicalId, property: 'Configs' }) ?? ''),
  };
  atBrokers(() => makeTopicAtBroker(bootstrapServers, spec));
  const arn = `arn:aws:kafka:${region}:000000000000:topic/local/00000000-0000-0000-0000-000000000000-1/${spec.topic}`;
  const { adaptations } = planTopic(spec);
  return {
    values: { ref: arn, attributes: { TopicArn: arn } },
    reason: [reason, ...adaptations].join('; '),
  };
}
