import type { ConfigurationProblem } from '../configuration/configuration-problem.ts';
import { validateCreate } from '../configuration/validate-create.ts';
import { validateUpdate } from '../configuration/validate-update.ts';
import type { EventSourceMappingSpec } from '../configuration/event-source-mapping-spec.ts';
import { begin } from './lifecycle.ts';
import { MappingRejectedError } from '../configuration/mapping-rejected-error.ts';
import type { MappingSupervisor } from './mapping-supervisor.ts';

/** A mapping as it is created. */
export interface NewMapping {
  readonly mappingId: string;
  readonly functionArn: string;
  readonly spec: EventSourceMappingSpec;
}

/** Begins to poll for a mapping. */
export type StartMapping = (mapping: NewMapping) => Promise<MappingSupervisor>;

/** The event source mappings that run here, and what Lambda's API lets do with them. */
export interface EventSourceMappings {
  list(): readonly MappingSupervisor[];
  /** @throws {MappingRejectedError} when another mapping stands in the way. */
  create(mapping: NewMapping): Promise<MappingSupervisor>;
  /**
   * Gives a mapping other settings; to turn polling on or off alone leaves its pollers' settings as they are.
   * @throws {MappingRejectedError} when a setting cannot change. @throws {ResourceInUseException} while something else goes on.
   */
  update(mappingId: string, wanted: EventSourceMappingSpec): Promise<void>;
  /** Offsets stay. @throws {ResourceInUseException} while something else goes on. */
  delete(mappingId: string): Promise<void>;
  /** Ends all polling, whatever goes on. */
  stop(): Promise<void>;
}

/** Starts with no mapping. */
export function createEventSourceMappings(start: StartMapping): EventSourceMappings {
  const mappings = new Map<string, MappingSupervisor>();
  /** Those that are being started count too, so that two of them cannot share a group. */
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
