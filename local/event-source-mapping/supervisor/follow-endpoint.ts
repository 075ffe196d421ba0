import type { EventSourceMappings } from './event-source-mappings.ts';
import { isStable } from './lifecycle.ts';
import type { MappingSupervisor } from './mapping-supervisor.ts';

/** A mapping as the endpoint's Lambda API returns it. */
export interface MappingAtEndpoint {
  readonly mappingId: string;
  readonly enabled: boolean;
}

export interface EndpointPorts {
  /** Lists all mappings of the endpoint. */
  readonly list: () => Promise<readonly MappingAtEndpoint[]>;
  /** Returns whether the endpoint still has the deployed resources; an endpoint that was restarted empty does not. */
  readonly remembers: () => Promise<boolean>;
  /** Called once, instead of deleting any mapping, when the endpoint has lost all of them. */
  readonly forgotten: () => void;
  readonly log: (line: string) => void;
}

/**
 * Makes one step: reads the endpoint's mappings and repeats their changes here. Slow operations continue in the
 * background. A mapping that the endpoint never listed, such as one without a template, is left alone.
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
      log(
        'ERROR the AWS endpoint has lost everything that was deployed to it, including the event source mappings',
      );
      forgotten();
      return;
    }
    for (const mapping of known.filter(({ state }) => isStable(state))) {
      follow(mappings, mapping, atEndpoint.get(mapping.mappingId))?.catch((error: unknown) => {
        log(`WARN mapping ${mapping.mappingId} could not be changed as at the endpoint: ${String(error)}`);
      });
    }
  };
}

/** @param enabled - the endpoint's value; `undefined` when the mapping no longer exists there. */
function follow(
  mappings: EventSourceMappings,
  mapping: MappingSupervisor,
  enabled: boolean | undefined,
): Promise<void> | undefined {
  if (enabled === undefined) return mappings.delete(mapping.mappingId);
  return enabled === (mapping.state === 'Enabled') ? undefined : mapping.setEnabled(enabled);
}
