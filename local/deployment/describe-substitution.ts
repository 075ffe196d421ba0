import type { Substitution } from './plan-substitutions.ts';

/** One line for a person: what was done with which resource, and why. */
export const describeSubstitution = ({ stackName, logicalId, type, action, reason }: Substitution): string =>
  `${action}: ${type} ${stackName}/${logicalId}, because ${reason}`;
