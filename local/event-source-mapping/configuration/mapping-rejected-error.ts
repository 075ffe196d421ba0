import type { ConfigurationProblem } from './configuration-problem.ts';

/** Lambda would reject this mapping; the message lists each invalid property with its allowed values. */
export class MappingRejectedError extends Error {
  override readonly name = 'MappingRejectedError';

  /** @param mapping - its name or UUID. */
  constructor(mapping: string, problems: readonly ConfigurationProblem[]) {
    const lines = problems.map(({ property, message }) => `  ${property} ${message}`);
    super(`Event source mapping ${mapping} is not valid:\n${lines.join('\n')}`);
  }
}
