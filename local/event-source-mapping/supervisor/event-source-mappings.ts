import type { ConfigurationProblem } from '../configuration/configuration-problem.ts';
import { validateCreate } from '../configuration/validate-create.ts';
import { validateUpdate } from '../configuration/validate-update.ts';
import type { EventSourceMappingSpec } from '../configuration/event-source-mapping-spec.ts';
import { begin } from './lifecycle.ts';
import { MappingRejectedError } from '../configuration/mapping-rejected-error.ts';
import type { MappingSupervisor } from './mapping-supervisor.ts';

/** The request to create a mapping. */
export interface NewMapping {
  readonly mappingId: string;
  readonly functionArn: string;
  readonly spec: EventSourceMappingSpec;
}

/** Starts polling for a mapping. */
export type StartMapping = (mapping: NewMapping) => Promise<MappingSupervisor>;

/** The event source mappings that run here, with the operations of Lambda's API. */
export interface EventSourceMappings {
  list(): readonly MappingSupervisor[];
  /** @throws {MappingRejectedError} when it conflicts with another mapping. */
  create(mapping: NewMapping): Promise<MappingSupervisor>;
  /**
   * Updates the settings of a mapping. An update that only starts or stops polling keeps its pollers' settings.
   * @throws {MappingRejectedError} when a setting cannot change.
   * @throws {ResourceInUseException} while another operation is in progress.
   */
  update(mappingId: string, wanted: EventSourceMappingSpec): Promise<void>;
  /** Deletes a mapping. Its offsets stay. @throws {ResourceInUseException} while another operation is in progress. */
  delete(mappingId: string): Promise<void>;
  /** Stops all polling, whatever is in progress. */
  stop(): Promise<void>;
}

/** Creates an empty set of mappings. */
export function createEventSourceMappings(start: StartMapping): EventSourceMappings {
  const mappings = new Map<string, MappingSupervisor>();
  /** Includes mappings that are being started, so that two of them cannot share a group. */
  const specs = new Map<string, EventSourceMappingSpec>();
  const find = (mappingId: string): MappingSupervisor => {
    const mapping = mappings.get(mappingId);
    if (mapping === undefined) throw new Error(`There is no event source mapping ${mappingId} here.`);
    return mapping;
  };
  const others = (mappingId: string): EventSourceMappingSpec[] =>
    [...specs].flatMap(([id, spec]) => (id === mappingId ? [] : [spec]));

  return {
    list: () => [...mappings.values()],
    create: async (mapping) => {
      const { mappingId, spec } = mapping;
      accept(mappingId, validateCreate(spec, [...specs.values()]));
      specs.set(mappingId, spec);
      try {
        const supervisor = await start(mapping);
        mappings.set(mappingId, supervisor);
        return supervisor;
      } catch (error) {
        specs.delete(mappingId);
        throw error;
      }
    },
    update: async (mappingId, wanted) => {
      const mapping = find(mappingId);
      begin(mapping.state, 'update');
      accept(mappingId, [
        ...validateUpdate(mapping.spec, wanted),
        ...validateCreate(wanted, others(mappingId)),
      ]);
      specs.set(mappingId, wanted);
      await mapping.update(wanted);
    },
    delete: async (mappingId) => {
      const mapping = find(mappingId);
      begin(mapping.state, 'delete');
      await mapping.stop();
      mappings.delete(mappingId);
      specs.delete(mappingId);
    },
    stop: async () => {
      await Promise.all([...mappings.values()].map((mapping) => mapping.stop()));
    },
  };
}

function accept(mappingId: string, problems: readonly ConfigurationProblem[]): void {
  if (problems.length > 0) throw new MappingRejectedError(mappingId, problems);
}
