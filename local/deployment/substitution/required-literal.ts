import type { KnownNames } from './known-names.ts';
import { knownText } from './known-text.ts';
import type { StackTemplate } from './plan-substitutions.ts';

/** A property of one resource, and the known values of its names. */
export interface PropertySource extends StackTemplate {
  readonly known: KnownNames;
  readonly logicalId: string;
  readonly property: string;
}

/**
 * Resolves the text of a property that is needed before CloudFormation runs. It may consist of literals, mappings,
 * parameters with a value and pseudo parameters.
 *
 * @throws Error when it is anything else
 */
export function requiredText(source: PropertySource): string {
  const text = optionalText(source);
  if (text === undefined) throw new Error(`${nameOf(source)} has no ${source.property}: give it one`);
  return text;
}

/** Resolves a property like requiredText; undefined when the property does not exist. */
export function optionalText(source: PropertySource): string | undefined {
  const value = source.template.Resources[source.logicalId]?.Properties[source.property];
  if (value === undefined) return undefined;
  const text = knownText(value, source.known);
  if (text === undefined)
    throw new Error(
      `${source.property} of ${nameOf(source)} is not known before the deployment, but a local stand-in needs it: ` +
        'use literals, mappings, parameters with a value, or pseudo parameters',
    );
  return text;
}

/** The properties that name a resource, for resource types that get a placeholder. */
const NAME_PROPERTIES = ['ClusterName', 'Name', 'FunctionName', 'RoleName', 'AlarmName', 'ManagedPolicyName'];

/** Finds the name that a template gives a resource; undefined when there is none, or only CloudFormation knows it. */
export function optionalName(source: Omit<PropertySource, 'property'>): string | undefined {
  const { Properties = {} } = source.template.Resources[source.logicalId] ?? {};
  const property = NAME_PROPERTIES.find((name) => Properties[name] !== undefined);
  return property === undefined ? undefined : knownText(Properties[property], source.known);
}

const nameOf = ({ stackName, logicalId }: PropertySource): string => `${stackName}/${logicalId}`;
