import { knownText } from '../substitution/known-text.ts';
import type { KnownNames } from '../substitution/known-names.ts';
import { referencedIds } from '../substitution/references.ts';
import { isObject, type Template } from '../assembly/template.ts';
import { parseProperties } from './topic-plan.ts';

interface ClusterStack {
  readonly template: Template;
  readonly known: KnownNames;
}

/** Tells whether a cluster has Express brokers. Their types begin with `express.`. */
export function hasExpressBrokers({ template }: Pick<ClusterStack, 'template'>, clusterId: string): boolean {
  const brokers = template.Resources[clusterId]?.Properties['BrokerNodeGroupInfo'];
  const type = isObject(brokers) ? brokers['InstanceType'] : undefined;
  return typeof type === 'string' && type.startsWith('express.');
}

/**
 * Reads `num.partitions` from the configuration of a cluster in the same template; undefined when there is none.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 */
export function partitionsOfCluster(
  { template, known }: ClusterStack,
  clusterId: string,
): number | undefined {
  const information = template.Resources[clusterId]?.Properties['ConfigurationInfo'];
  const [configurationId] = isObject(information) ? referencedIds(information['Arn'] ?? null) : [];
  const configuration = template.Resources[configurationId ?? ''];
  if (configuration?.Type !== 'AWS::MSK::Configuration') return undefined;
  const text = knownText(configuration.Properties['ServerProperties'], known);
  const count = Number(parseProperties(text ?? '')['num.partitions']);
  return Number.isInteger(count) && count > 0 ? count : undefined;
}
