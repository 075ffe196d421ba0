import type { MappingSupervisor } from './mapping-supervisor.ts';
import { toError } from '../../helpers/to-error.ts';

/**
 * Does something for each mapping in turn, for the others too when it fails for one.
 *
 * @throws {AggregateError} of all that failed, when it is done.
 */
export async function forEachMapping(
  mappings: readonly MappingSupervisor[],
  work: (mapping: MappingSupervisor) => Promise<void>,
): Promise<void> {
  const failures: Error[] = [];
  for (const mapping of mappings) {
    try {
      await work(mapping);
    } catch (error) {
      failures.push(new Error(`mapping ${mapping.mappingId}: ${toError(error).message}`, { cause: error }));
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
}
