import { processScenarios } from './process-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { serviceScenarios } from './service-scenarios.ts';

export const SCENARIOS: readonly Scenario[] = [...processScenarios, ...serviceScenarios];

/**
 * Finds the scenarios of these names. A star stands for any text, so `*-all` matches those of all services together.
 *
 * @throws {Error} for a name that matches none.
 */
export function chooseScenarios(names: readonly string[]): readonly Scenario[] {
  if (names.length === 0) return SCENARIOS;
  return names.flatMap((name) => {
    const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
    const chosen = SCENARIOS.filter((scenario) => pattern.test(scenario.name));
    if (chosen.length > 0) return chosen;
    throw new Error(`There is no scenario ${name}. List them all: npm run faults -- --list`);
  });
}
