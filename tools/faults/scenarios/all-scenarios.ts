import { processScenarios } from './process-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { serviceScenarios } from './service-scenarios.ts';

export const SCENARIOS: readonly Scenario[] = [...processScenarios, ...serviceScenarios];

/**
 * The scenarios of these names; a star stands for any text, so that `*-all` are those of every service together.
 *
 * @throws {Error} for a name that fits none.
 */
export function chooseScenarios(names: readonly string[]): readonly Scenario[] {
  if (names.length === 0) return SCENARIOS;
  return names.flatMap((name) => {
    const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
    const chosen = SCENARIOS.filter((scenario) => pattern.test(scenario.name));
    if (chosen.length > 0) return chosen;
    throw new Error(`No scenario is called ${name}. See them all: npm run faults -- --list`);
  });
}
