import type { Substitution } from './plan-substitutions.ts';

/**
 * The largest number of resources with one reason that are named individually. Above it, the line has counts by type.
 */
const NAMED = 3;

/** Describes in one line what was done with a resource, and why. */
export const describeSubstitution = (substitution: Substitution): string =>
  `${substitution.action}: ${resource(substitution)}, because ${substitution.reason}`;

/** Describes substitutions, one line for each action and reason, with all resources that share them. */
export function describeSubstitutions(substitutions: readonly Substitution[]): readonly string[] {
  const groups = Map.groupBy(substitutions, ({ action, reason }) => `${action} ${reason}`);
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const resources = alike.length > NAMED ? countsByType(alike) : alike.map(resource).join(', ');
    return `${first.action}: ${resources}, because ${first.reason}`;
  });
}

const resource = ({ type, stackName, logicalId }: Substitution): string =>
  `${type} ${stackName}/${logicalId}`;

function countsByType(substitutions: readonly Substitution[]): string {
  const byType = Map.groupBy(substitutions, ({ type }) => type);
  return [...byType].map(([type, { length }]) => (length === 1 ? type : `${length} ${type}`)).join(', ');
}
