import type { ResourceHere } from '../../deployment/assembly/absent-resources.ts';
import { matchesDeployments } from '../../deployment/substitution/substitution-table.ts';
import type { Metric } from '../../metrics/metric.ts';

/**
 * What the rules for deployments count when an environment starts, which has just deployed its stacks.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function deploymentMetrics(rules: readonly ResourceHere[]): readonly Metric[] {
  return rules
    .filter(({ properties }) => matchesDeployments(properties))
    .map(({ properties }) => ({
      namespace: 'AWS/Events',
      name: 'TriggeredRules',
      dimensions: { RuleName: String(properties['Name']) },
      unit: 'Count',
      value: 1,
    }));
}
