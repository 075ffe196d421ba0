import type { Substitution } from './plan-substitutions.ts';

/** Resources with one reason that are named one by one; of more, a person reads how many of which type. */
const NAMED = 3;

/** One line for a person: what was done with which resource, and why. */
export const describeSubstitution = (substitution: Substitution): string =>
  `${substitution.action}: ${resource(substitution)}, because ${substitution.reason}`;

/** A line for each thing that was done for one reason, with all the resources it was done with. */
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
