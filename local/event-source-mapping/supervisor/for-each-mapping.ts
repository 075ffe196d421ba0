import type { MappingSupervisor } from './mapping-supervisor.ts';
import { toError } from '../../helpers/to-error.ts';

/**
 * Runs an action for each mapping in turn, and continues with the others when one fails.
 *
 * @throws {AggregateError} of all failures, at the end.
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
