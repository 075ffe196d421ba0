import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { boundedSettings } from '../../deployment/endpoint/aws-client-settings.ts';
import type { MappingAtEndpoint } from '../../event-source-mapping/supervisor/follow-endpoint.ts';

const PAUSED: ReadonlySet<string | undefined> = new Set(['Disabled', 'Disabling']);

/** Reads all event source mappings of an endpoint's Lambda API, again and again with one client. */
export function createMappingList(
  awsEndpoint: string,
  region: string,
): () => Promise<readonly MappingAtEndpoint[]> {
  const client = new LambdaClient(boundedSettings(awsEndpoint, region));
  return async () => {
    const mappings: MappingAtEndpoint[] = [];
    for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, {})) {
      mappings.push(
        ...EventSourceMappings.map(({ UUID = '', State }) => ({
          mappingId: UUID,
          enabled: !PAUSED.has(State),
        })),
      );
    }
    return mappings;
  };
}
