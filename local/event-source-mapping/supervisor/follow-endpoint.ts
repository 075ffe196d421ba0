import type { EventSourceMappings } from './event-source-mappings.ts';
import { isStable } from './lifecycle.ts';
import type { MappingSupervisor } from './mapping-supervisor.ts';

/** A mapping as the endpoint's Lambda API tells it. */
export interface MappingAtEndpoint {
  readonly mappingId: string;
  readonly enabled: boolean;
}

export interface EndpointPorts {
  /** All mappings of the endpoint. */
  readonly list: () => Promise<readonly MappingAtEndpoint[]>;
  readonly log: (line: string) => void;
}

/**
 * Makes one step: looks at the endpoint, and does here what was done to a mapping there. What takes long goes on behind
 * it. A mapping that the endpoint never told of, such as one without a template, is left alone.
 */
export function createEndpointFollower(
  mappings: EventSourceMappings,
  { list, log }: EndpointPorts,
): () => Promise<void> {
  const seen = new Set<string>();
  return async () => {
    const atEndpoint = new Map((await list()).map((mapping) => [mapping.mappingId, mapping.enabled]));
    for (const mapping of mappings.list()) {
      const { mappingId } = mapping;
      const enabled = atEndpoint.get(mappingId);
      if (enabled !== undefined) seen.add(mappingId);
      if (!isStable(mapping.state) || !seen.has(mappingId)) continue;
      follow(mappings, mapping, enabled)?.catch((error: unknown) => {
        log(`WARN mapping ${mappingId} does not follow the endpoint: ${String(error)}`);
      });
    }
  };
}

/** @param enabled - as the endpoint says; `undefined` when it has the mapping no more. */
function follow(
  mappings: EventSourceMappings,
  mapping: MappingSupervisor,
  enabled: boolean | undefined,
): Promise<void> | undefined {
  if (enabled === undefined) return mappings.delete(mapping.mappingId);
  return enabled === (mapping.state === 'Enabled') ? undefined : mapping.setEnabled(enabled);
}
