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
  /** Whether the endpoint still knows what was deployed to it; one that was started again empty does not. */
  readonly remembers: () => Promise<boolean>;
  /** Called once, instead of deleting any mapping, when the endpoint has forgotten all of them. */
  readonly forgotten: () => void;
  readonly log: (line: string) => void;
}

/**
 * Makes one step: looks at the endpoint, and does here what was done to a mapping there. What takes long goes on behind
 * it. A mapping that the endpoint never told of, such as one without a template, is left alone.
 */
export function createEndpointFollower(
  mappings: EventSourceMappings,
  { list, remembers, forgotten, log }: EndpointPorts,
): () => Promise<void> {
  const seen = new Set<string>();
  let hasForgotten = false;
  return async () => {
    if (hasForgotten) return;
    const atEndpoint = new Map((await list()).map((mapping) => [mapping.mappingId, mapping.enabled]));
    for (const { mappingId } of mappings.list()) if (atEndpoint.has(mappingId)) seen.add(mappingId);
    const known = mappings.list().filter(({ mappingId }) => seen.has(mappingId));
    const isOneMissing = known.some(({ mappingId }) => !atEndpoint.has(mappingId));
    if (isOneMissing && !(await remembers())) {
      hasForgotten = true;
      log('ERROR the AWS endpoint has forgotten all that was deployed to it, the event source mappings too');
      forgotten();
      return;
    }
    for (const mapping of known.filter(({ state }) => isStable(state))) {
      follow(mappings, mapping, atEndpoint.get(mapping.mappingId))?.catch((error: unknown) => {
        log(`WARN mapping ${mapping.mappingId} does not follow the endpoint: ${String(error)}`);
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
