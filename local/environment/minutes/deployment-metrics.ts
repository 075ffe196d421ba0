import type { ResourceHere } from '../../deployment/assembly/absent-resources.ts';
import type { JsonObject } from '../../deployment/assembly/template.ts';
import { matchesDeployments } from '../../deployment/substitution/substitution-table.ts';
import type { Metric } from '../../metrics/metric.ts';

const nameOf = ({ Name: name }: JsonObject): string => (typeof name === 'string' ? name : '');

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
      dimensions: { RuleName: nameOf(properties) },
      unit: 'Count',
      value: 1,
    }));
}
