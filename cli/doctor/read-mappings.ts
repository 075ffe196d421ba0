import {
  LambdaClient,
  paginateListEventSourceMappings,
  type EventSourceMappingConfiguration,
} from '@aws-sdk/client-lambda';
import { pollerClientId } from '#msk-local/event-source-mapping/poller/poller-client-id.ts';
import type { MappingReport } from '#msk-local/environment/control/mapping-report.ts';
import type { Known, MappingFacts } from '../../doctor/index.ts';
import type { Target } from '../connection/target.ts';

/**
 * The maximum pollers of a mapping that does not set them. @see
 * https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
 */
const DEFAULT_MOST_POLLERS = 200;

/** The mappings that read the stage's cluster, whoever made them, or why nobody can list them. */
export async function readMappings(target: Target): Promise<Known<readonly MappingFacts[]>> {
  try {
    const value =
      target.kind === 'local' ? localMappings(await target.mappings()) : await awsMappings(target);
    return { kind: 'known', value };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'unknown', reason: `the event source mappings could not be listed: ${why}` };
  }
}

function localMappings(reports: readonly MappingReport[]): readonly MappingFacts[] {
  return reports.map(({ uuid, functionName, consumerGroupId, topic, state, pollers }) => ({
    uuid,
    functionName,
    groupId: consumerGroupId,
    topic,
    state,
    mostPollers: undefined,
    pollers: {
      kind: 'known',
      value: pollers.map(({ pid, memberId }) => ({ clientId: pollerClientId(pid), memberId })),
    },
  }));
}

async function awsMappings({ awsClientConfig, outputs }: Target): Promise<readonly MappingFacts[]> {
  const client = new LambdaClient(awsClientConfig);
  try {
    const found: MappingFacts[] = [];
    const pages = paginateListEventSourceMappings({ client }, { EventSourceArn: outputs.clusterArn });
    for await (const { EventSourceMappings = [] } of pages)
      found.push(...EventSourceMappings.map(awsMapping));
    return found;
  } finally {
    client.destroy();
  }
}

function awsMapping(mapping: EventSourceMappingConfiguration): MappingFacts {
  const { UUID = '', FunctionArn = '', State = '', Topics = [], ProvisionedPollerConfig } = mapping;
  return {
    uuid: UUID,
    functionName: FunctionArn.split(':')[6] ?? FunctionArn,
    // A mapping that names no group has its own id as one.
    groupId: mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? UUID,
    topic: Topics[0] ?? '',
    state: State,
    mostPollers:
      ProvisionedPollerConfig === undefined
        ? undefined
        : (ProvisionedPollerConfig.MaximumPollers ?? DEFAULT_MOST_POLLERS),
    pollers: { kind: 'unknown', reason: 'AWS does not say which members are the pollers of a mapping' },
  };
}
