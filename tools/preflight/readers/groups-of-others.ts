import {
  paginateListEventSourceMappings,
  type EventSourceMappingConfiguration,
} from '@aws-sdk/client-lambda';
import type { Call } from '../call.ts';
import type { MappingFacts } from '../checks/groups-of-others.ts';
import type { Clients } from '../clients.ts';

/** The mappings of the account that read a cluster and name their group. */
export async function readMappings(
  { lambda }: Clients,
  call: Call,
  clusterArn: string,
): Promise<readonly MappingFacts[]> {
  const mappings = await call('lambda:ListEventSourceMappings', async () => {
    const found: EventSourceMappingConfiguration[] = [];
    for await (const page of paginateListEventSourceMappings(
      { client: lambda },
      { EventSourceArn: clusterArn },
    ))
      found.push(...(page.EventSourceMappings ?? []));
    return found;
  });
  return mappings.flatMap(({ FunctionArn = '', AmazonManagedKafkaEventSourceConfig: kafka }) =>
    kafka?.ConsumerGroupId === undefined
      ? []
      : [{ consumerGroupId: kafka.ConsumerGroupId, functionName: FunctionArn.split(':')[6] ?? '' }],
  );
}
